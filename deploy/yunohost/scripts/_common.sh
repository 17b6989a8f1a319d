#!/bin/bash
# What several scripts do.

# Run a command of the program as the user of the app, with the settings of the service.
gare() {
    ynh_exec_as_app bash -c 'set -a; source "$1/gare.env"; cd "$1"; exec venv/bin/gare "${@:2}"' gare "$install_dir" "$@"
}

# Put the program into $install_dir: out of the package, else from where the manifest says.
unpack_program() {
    local archive="$YNH_APP_BASEDIR/sources/gare.tar.gz"
    if [ -f "$archive" ]; then
        ynh_safe_rm "$install_dir"
        mkdir --parents "$install_dir"
        tar --extract --file="$archive" --directory="$install_dir" --no-same-owner
    elif [ "$(ynh_read_manifest 'resources.sources.main.url')" != null ]; then
        ynh_setup_source --dest_dir="$install_dir" --full_replace
    else
        ynh_die "The program is missing. Put it into sources/gare.tar.gz of this package, as its README.md says."
    fi
    chown --recursive "$app:$app" "$install_dir"
    chmod 750 "$install_dir"
}

# Make the environment of Python: after a new program, and where the system brought another Python.
make_environment() {
    ynh_safe_rm "$install_dir/venv"
    ynh_exec_as_app python3 -m venv "$install_dir/venv"
    ynh_hide_warnings ynh_exec_as_app "$install_dir/venv/bin/pip" install --no-cache-dir --quiet \
        --disable-pip-version-check --editable "$install_dir"
    ynh_exec_as_app "$install_dir/venv/bin/pybabel" -q compile -d "$install_dir/app/translations"
    # The service may write nothing here, and starts many short processes.
    ynh_exec_as_app "$install_dir/venv/bin/python" -m compileall -q "$install_dir/app" "$install_dir/plugins"
}

# Write the settings that YunoHost knows.
write_settings() {
    local main_domain header_user="" header_email="" header_name="" header_proxies="" header_signout=""
    local header_new_accounts=false
    main_domain=$(cat /etc/yunohost/current_host)
    if [ "$accounts" = both ]; then
        header_user=Ynh-User header_email=Ynh-User-Email header_name=Ynh-User-Fullname header_proxies=unix
        header_new_accounts=true header_signout=/yunohost/portalapi/logout
    fi
    ynh_config_add --template="gare.env" --destination="$install_dir/gare.env"
}

# Tell which of YunoHost's files for proxies is right: the one that names who is signed in, or the one that names nobody.
choose_proxy_params() {
    proxy_params=proxy_params_no_auth
    if [ "$accounts" = both ]; then
        proxy_params=proxy_params_with_auth
    fi
}
