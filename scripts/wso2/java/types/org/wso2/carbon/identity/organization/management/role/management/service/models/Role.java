package org.wso2.carbon.identity.organization.management.role.management.service.models;

/** Named by the OAuth bundle. */
public class Role {}
