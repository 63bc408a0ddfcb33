package org.wso2.carbon.identity.organization.management.organization.user.sharing.util;

/** Named by the OAuth bundle. */
public class OrganizationSharedUserUtil {}
