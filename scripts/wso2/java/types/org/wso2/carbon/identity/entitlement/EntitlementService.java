package org.wso2.carbon.identity.entitlement;

/** Named by classes of provisioning; XACML is not here. */
public class EntitlementService {}
