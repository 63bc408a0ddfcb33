package liftlock.wso2.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import javax.servlet.Filter;
import javax.servlet.FilterChain;
import javax.servlet.FilterConfig;
import javax.servlet.ServletException;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletRequestWrapper;
import javax.servlet.http.HttpServletResponse;
import org.wso2.carbon.context.PrivilegedCarbonContext;
import org.wso2.carbon.identity.core.util.IdentityUtil;
import org.wso2.carbon.user.api.UserStoreException;
import org.wso2.carbon.user.core.service.RealmService;
import org.wso2.carbon.utils.multitenancy.MultitenantUtils;

/**
 * Signs requests in against the kernel's user store, in place of the product's own valves, which are not in the
 * registry: Basic only, and any user may do everything.
 */
final class BasicAuthentication implements Filter {
    private static final String SUPER_TENANT = "carbon.super";

    private final RealmService realms;
    private final boolean isTenantInPath;

    BasicAuthentication(RealmService realms, boolean isTenantInPath) {
        this.realms = realms;
        this.isTenantInPath = isTenantInPath;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest asked = (HttpServletRequest) request;
        HttpServletResponse answer = (HttpServletResponse) response;
        String tenant = null;
        if (isTenantInPath) {
            // The context is /t: /TENANT/api/REST
            String[] parts = String.valueOf(asked.getPathInfo()).split("/", 4);
            if (parts.length < 4 || !parts[2].equals("api")) {
                answer.sendError(404);
                return;
            }
            tenant = parts[1];
            asked = withPath(asked, "/t/" + tenant + "/api", "/" + parts[3]);
        }
        PrivilegedCarbonContext.startTenantFlow();
        try {
            if (!signIn(asked.getHeader("Authorization"), tenant)) {
                answer.setHeader("WWW-Authenticate", "Basic realm=\"WSO2 Identity Server\"");
                answer.sendError(401);
                return;
            }
            chain.doFilter(asked, answer);
        } finally {
            IdentityUtil.threadLocalProperties.remove();
            PrivilegedCarbonContext.endTenantFlow();
        }
    }

    private static HttpServletRequest withPath(HttpServletRequest asked, String context, String info) {
        return new HttpServletRequestWrapper(asked) {
            @Override
            public String getContextPath() {
                return context;
            }

            @Override
            public String getServletPath() {
                return "";
            }

            @Override
            public String getPathInfo() {
                return info;
            }
        };
    }

    /** True if the header signs a user of the tenant in; then the thread works as that user. */
    private boolean signIn(String header, String tenantOfPath) {
        String[] words = decoded(header).split(":", 2);
        if (words.length < 2) return false;
        String tenant = MultitenantUtils.getTenantDomain(words[0]);
        String user = MultitenantUtils.getTenantAwareUsername(words[0]);
        if (tenantOfPath != null && !tenantOfPath.equals(tenant)) return false;
        try {
            int id = realms.getTenantManager().getTenantId(tenant);
            PrivilegedCarbonContext context = PrivilegedCarbonContext.getThreadLocalCarbonContext();
            context.setTenantDomain(tenant);
            context.setTenantId(id);
            if (!realms.getTenantUserRealm(id).getUserStoreManager().authenticate(user, words[1])) return false;
            context.setUsername(user);
        } catch (UserStoreException unknown) {
            return false;
        }
        IdentityUtil.threadLocalProperties.get().put("TenantNameFromContext", tenant);
        IdentityUtil.threadLocalProperties.get().put("Correlation-ID", UUID.randomUUID().toString());
        return true;
    }

    private static String decoded(String header) {
        if (header == null || !header.regionMatches(true, 0, "Basic ", 0, 6)) return "";
        try {
            return new String(Base64.getDecoder().decode(header.substring(6).trim()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }

    @Override
    public void init(FilterConfig config) {}

    @Override
    public void destroy() {}
}
