import type { Range } from './range';

/** A local claim that the product brings along; `name` is what follows `http://wso2.org/claims/`. */
export interface ShippedLocalClaim {
  readonly name: string;
  /** The attribute of the PRIMARY user store. */
  readonly attribute: string;
  readonly displayName: string;
  readonly displayOrder: number;
  readonly supportedByDefault: boolean;
  readonly required: boolean;
  readonly readOnly: boolean;
  readonly multiValued: boolean;
}

/** One claim a line: name, attribute, position and flags (`-` for none), display name. */
const LINE = /^(\S+) (\S+) (\d*)(S?)(R?)(O?)(M?)-? (.+)$/;

function claimOf(line: string): ShippedLocalClaim {
  const [, name = '', attribute = '', order, supported, required, readOnly, multi, displayName = ''] =
    LINE.exec(line) ?? [];
  return {
    name,
    attribute,
    displayName,
    displayOrder: Number(order),
    supportedByDefault: supported === 'S',
    required: required === 'R',
    readOnly: readOnly === 'O',
    multiValued: multi === 'M',
  };
}

function claims(text: string): ShippedLocalClaim[] {
  return text.trim().split(/\n\s*/).map(claimOf);
}

/**
 * What claim-config.xml of the product has, by the releases that have it. 6.0 and 6.1: a fresh server of the product's
 * own code says so, and the file of framework 5.25.77. Later ones: the files of framework 7.0.80 (7.0), 7.8.94 (7.1),
 * 7.8.614 (7.2) and 7.8.685 (7.3); of 7.0 a recorded answer as well, which has no `role`. The file of 5.11 is not to be
 * had: 6.0 stands for it.
 */
export const LOCAL_CLAIMS: readonly (Range & { readonly claims: readonly ShippedLocalClaim[] })[] = [
  {
    claims: claims(`
      active active - Active
      addresses addresses - Address
      addresses.formatted formattedAddress - Address - Formatted
      addresses.locality localityAddress - Address - Locality
      costCenter costCenter - Cost Center
      country country 5S Country
      created createdDate O Created Time
      department departmentNumber SO Department
      displayName displayName - Display Name
      dob dateOfBirth - Birth Date
      emailaddress mail 6SR Email
      emails.home homeEmail - Emails - Home Email
      emails.other otherEmail - Emails - Other Email
      emails.work workEmail - Emails - Work Email
      entitlements entitlements - Entitlements
      extendedDisplayName extendedDisplayName - Extended Display Name
      extendedExternalId extendedExternalId - Extended External ID
      extendedRef extendedRef - Extended Ref
      externalid externalId O External User ID
      formattedName formattedName - Name - Formatted Name
      fullname cn - Full Name
      gender gender - Gender
      givenname givenName 1SR First Name
      groups groups SO Groups
      gtalk imGtalk - IM - Gtalk
      honorificPrefix honoricPrefix - Name - Honoric Prefix
      honorificSuffix honoricSuffix - Name - Honoric Suffix
      identity/accountConfirmedTime confirmedTime - Confirmed Time
      identity/accountDisabled accountDisabled - Account Disabled
      identity/accountLocked accountLock - Account Locked
      identity/accountState accountState O Account State
      identity/adminForcedPasswordReset forcePasswordReset - Force Password Reset
      identity/askPassword askPassword - Ask Password
      identity/backupCodeEnabled backupCodeEnabled - Backup Code Enabled
      identity/backupCodes backupCodes - Backup Codes
      identity/emailVerified emailVerified - Email Verified
      identity/emailaddress.pendingValue pendingEmailAddress O Verification Pending Email
      identity/emailotp_disabled emailOTPDisabled - Disable EmailOTP
      identity/enabledAuthenticators enabledAuthenticators - Enabled Authenticators
      identity/failedBackupCodeAttempts failedBackupCodeAttempts - Failed Backup Code Attempts
      identity/failedEmailOtpAttempts failedEmailOtpAttempts - Failed Email OTP Attempts
      identity/failedLoginAttempts failedLoginAttempts - Failed Login Attempts
      identity/failedLoginAttemptsBeforeSuccess failedLoginAttemptsBeforeSuccess - Failed Attempts Before Success
      identity/failedLoginLockoutCount failedLockoutCount - Failed Lockout Count
      identity/failedPasswordRecoveryAttempts failedRecoveryAttempts - Failed Password Recovery Attempts
      identity/failedSmsOtpAttempts failedSmsOtpAttempts - Failed SMS OTP Attempts
      identity/failedTotpAttempts failedTotpAttempts - Failed TOTP Attempts
      identity/isLiteUser isLiteUser - Lite User
      identity/isReadOnlyUser isReadOnlyUser - Read Only User
      identity/lastLoginTime lastLoginTime - Last Login
      identity/lastLogonTime lastLogonTime - Last Logon
      identity/lastPasswordUpdateTime lastPasswordUpdate - Last Password Update
      identity/lockedReason lockedReason - Locked Reason
      identity/mobileNumber.pendingValue pendingMobileNumber O Verification Pending Mobile Number
      identity/phoneVerified phoneVerified - Phone Verified
      identity/preferredChannel preferredChannel - Preferred Channel
      identity/secretkey totpSecretkey - Secret Key
      identity/smsotp_disabled smsOTPDisabled - Disable SMSOTP
      identity/tenantAdminAskPassword tenantAdminAskPassword - Tenant Admin Ask Password
      identity/totpEnabled totpEnabled - TOTP Enabled
      identity/unlockTime unlockTime - Unlock Time
      identity/userSourceId userSourceId - User Source ID
      identity/verifyEmail verifyEmail - Verify Email
      identity/verifyMobile verifyMobile - Verify Mobile
      identity/verifySecretkey verifySecretkey - Verify Secret Key
      im im 9 IM
      lastname sn 2SR Last Name
      local local - Local
      locality localityAddress - Locality
      location location - Location
      metadata.version meta.version O User Metadata - Version
      middleName middleName - Middle Name
      mobile mobile 8S Mobile
      modified lastModifiedDate O Last Modified Time
      nickname nickName - Nick Name
      oneTimePassword oneTimePassword - One Time Password
      organization organizationName 3 Organization
      otherphone otherPhone - Other Phone
      phoneNumbers phoneNumbers - Phone Numbers
      phoneNumbers.fax fax - Phone Numbers - Fax Number
      phoneNumbers.home homePhone - Phone Numbers - Home Phone Number
      phoneNumbers.other otherPhoneNumber - Phone Numbers - Other
      phoneNumbers.pager pager - Phone Numbers - Pager Number
      phoneNumbers.work workPhone - Phone Numbers - Work Phone Number
      photos photos - Photo
      photourl photoUrl - Photo URIL
      postalcode postalcode - Postal Code
      preferredLanguage preferredLanguage - Preferred Language
      region region - Region
      resourceType resourceType - Resource Type
      roles roles SO Roles
      skype imSkype - IM - Skype
      stateorprovince stateOrProvinceName - State
      streetaddress streetAddress 5 Address - Street
      telephone telephoneNumber 7S Telephone
      thumbnail thumbnail - Photo - Thumbnail
      timeZone timeZone - Time Zone
      title title - Title
      url url 10S URL
      userType userType - User Type
      userid scimId O User ID
      username uid - Username
      userprincipal uid - User Principal
      websiteurl websiteUrl - Website URL
      x509Certificates x509Certificates - X509Certificates
    `),
  },
  {
    until: '7.0',
    claims: claims(`
      challengeQuestion1 firstChallenge - Challenge Question1
      challengeQuestion2 secondChallenge - Challenge Question2
      challengeQuestionUris challengeQuestionUris - Challenge Question
      primaryChallengeQuestion primaryChallengeQuestion - Primary Challenge Question
      role role O Roles and groups
    `),
  },
  {
    since: '7.0',
    claims: claims(`
      identity/managedOrg managedOrg O Managed Organization
      identity/preferredMFAOption preferredMFAOption SO PreferredMFAOption
    `),
  },
  {
    since: '7.1',
    claims: claims(`
      emailAddresses emailAddresses 11SM Email Addresses
      identity/passwordExpiryTime passwordExpiryTime O Password Expiry Time
      identity/sharedType sharedType O Shared Type
      mobileNumbers mobileNumbers 13SM Mobile Numbers
      verifiedEmailAddresses verifiedEmailAddresses 12SM Verified Email Addresses
      verifiedMobileNumbers verifiedMobileNumbers 14SM Verified Mobile Numbers
    `),
  },
  {
    since: '7.2',
    claims: claims(`
      agent/AIModel agentAIModel 32 Agent AI Model
      agent/Description agentDescription 31 Agent Description
      agent/Name agentName 30 Agent Name
      agent/Owner agentOwner 33 Agent Owner
      agent/URL agentURL 34 Agent URL
      identity/usedTOTPTimeWindows usedTOTPTimeWindows - Used TOTP Time Windows
    `),
  },
  {
    since: '7.3',
    claims: claims(`
      identity/emailOtpLastSentTime emailOtpLastSentTime - Email OTP Last Sent Time
      identity/emailOtpResendAttempts emailOtpResendAttempts - Email OTP Resend Attempts
      identity/smsOtpLastSentTime smsOtpLastSentTime - SMS OTP Last Sent Time
      identity/smsOtpResendAttempts smsOtpResendAttempts - SMS OTP Resend Attempts
    `),
  },
];
