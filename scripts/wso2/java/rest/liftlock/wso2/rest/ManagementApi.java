package liftlock.wso2.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.jaxrs.json.JacksonJsonProvider;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import javax.servlet.Servlet;
import javax.servlet.ServletConfig;
import org.apache.cxf.Bus;
import org.apache.cxf.BusFactory;
import org.apache.cxf.jaxrs.JAXRSServerFactoryBean;
import org.apache.cxf.jaxrs.ext.search.SearchBean;
import org.apache.cxf.jaxrs.ext.search.SearchContextProvider;
import org.apache.cxf.jaxrs.ext.search.odata.ODataParser;
import org.apache.cxf.jaxrs.validation.JAXRSBeanValidationInInterceptor;
import org.apache.cxf.transport.servlet.CXFNonSpringServlet;
import org.apache.cxf.validation.BeanValidationProvider;
import org.springframework.context.annotation.AnnotationConfigUtils;
import org.springframework.context.support.GenericXmlApplicationContext;
import org.springframework.core.io.ClassPathResource;

/** The product's REST classes under {@code /server/v1}, made as their own Spring files say. */
public final class ManagementApi extends CXFNonSpringServlet {
    private final List<Object> resources;

    private ManagementApi(List<Object> resources) {
        this.resources = resources;
    }

    /**
     * Makes the classes that a file lists.
     *
     * @param apis one API a line: the Spring file in META-INF/cxf, the class
     */
    public static Servlet create(File apis) throws IOException, ClassNotFoundException {
        ClassLoader loader = ManagementApi.class.getClassLoader();
        GenericXmlApplicationContext spring = new GenericXmlApplicationContext();
        spring.setClassLoader(loader);
        spring.setValidating(false);
        List<Class<?>> types = new ArrayList<>();
        for (String line : Files.readAllLines(apis.toPath())) {
            if (line.isBlank() || line.startsWith("#")) continue;
            String[] words = line.trim().split("\\s+");
            spring.load(new ClassPathResource("META-INF/cxf/" + words[0], loader));
            types.add(Class.forName(words[1], true, loader));
        }
        AnnotationConfigUtils.registerAnnotationConfigProcessors(spring);
        for (Class<?> type : types) spring.registerBean(type);
        spring.refresh();
        List<Object> resources = new ArrayList<>();
        for (Class<?> type : types) resources.add(spring.getBean(type));
        return new ManagementApi(resources);
    }

    @Override
    protected void loadBus(ServletConfig config) {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(ManagementApi.class.getClassLoader());
        try {
            super.loadBus(config);
            BusFactory.setDefaultBus(getBus());
            serve(getBus());
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private void serve(Bus bus) {
        bus.setProperty("search.query.parameter.name", "filter");
        bus.setProperty("search.parser", new ODataParser<>(SearchBean.class));
        JAXRSBeanValidationInInterceptor validation = new JAXRSBeanValidationInInterceptor();
        validation.setProvider(new BeanValidationProvider());
        JAXRSServerFactoryBean factory = new JAXRSServerFactoryBean();
        factory.setBus(bus);
        factory.setAddress("/server/v1");
        factory.setServiceBeans(resources);
        List<Object> providers = new ArrayList<>(ErrorAnswers.mappers());
        providers.add(new JacksonJsonProvider(new ObjectMapper().setSerializationInclusion(JsonInclude.Include.NON_NULL)));
        providers.add(new SearchContextProvider());
        factory.setProviders(providers);
        factory.getInInterceptors().add(validation);
        factory.create();
    }
}
