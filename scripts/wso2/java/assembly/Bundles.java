import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.osgi.util.ManifestElement;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/**
 * Copies jars as OSGi bundles that resolve in the kernel: {@code Bundles KERNEL RULES OUT JAR…}, with the kernel's own OSGi
 * framework on the class path. Jars that are no bundles get a manifest; an import that nothing exports becomes
 * optional. RULES is a file with one rule a line:
 *
 * <pre>
 * wrap ARTIFACT VERSION           gets a manifest of ours, its packages are exported in that version
 * optional-reference INTERFACE    components start without this service
 * classes-only ARTIFACT           its components and deployers are never started
 * drop-header HEADER              is left out of every manifest
 * any-version PREFIX              packages of this prefix are imported in whichever version is exported
 * </pre>
 */
public final class Bundles {
    private static final Pattern REFERENCE = Pattern.compile("<reference\\s[^>]*>");
    private static final Pattern INTERFACE = Pattern.compile("interface=\"([^\"]*)\"");
    private static final Pattern CARDINALITY = Pattern.compile("cardinality=\"1\\.\\.(.)\"");

    private final Map<String, String> wrapped = new HashMap<>();
    private final Set<String> optionalReferences = new HashSet<>();
    private final Set<String> classesOnly = new HashSet<>();
    private final Set<String> droppedHeaders = new HashSet<>();
    private final Set<String> anyVersion = new HashSet<>();
    private final Map<String, List<Version>> exports = new HashMap<>();

    public static void main(String[] arguments) throws Exception {
        Path kernel = Path.of(arguments[0]);
        Bundles bundles = new Bundles(Path.of(arguments[1]));
        Path out = Files.createDirectories(Path.of(arguments[2]));
        Map<Path, Manifest> manifests = new HashMap<>();
        for (int i = 3; i < arguments.length; i++) {
            Path jar = Path.of(arguments[i]);
            manifests.put(jar, bundles.manifestFor(jar));
        }
        bundles.addSystemPackages(kernel.resolve("repository/conf/etc/launch.ini"));
        try (Stream<Path> plugins = Files.list(kernel.resolve("repository/components/plugins"))) {
            for (Path plugin : (Iterable<Path>) plugins::iterator) {
                if (plugin.toString().endsWith(".jar")) bundles.addExports(manifestOf(plugin));
            }
        }
        for (Manifest manifest : manifests.values()) bundles.addExports(manifest);
        for (Map.Entry<Path, Manifest> entry : manifests.entrySet()) {
            bundles.write(entry.getKey(), entry.getValue(), out.resolve(entry.getKey().getFileName()));
        }
    }

    private Bundles(Path rules) throws IOException {
        for (String line : Files.readAllLines(rules)) {
            if (line.isBlank() || line.startsWith("#")) continue;
            String[] words = line.trim().split("\\s+");
            switch (words[0]) {
                case "wrap" -> wrapped.put(words[1], words[2]);
                case "optional-reference" -> optionalReferences.add(words[1]);
                case "classes-only" -> classesOnly.add(words[1]);
                case "drop-header" -> droppedHeaders.add(words[1]);
                case "any-version" -> anyVersion.add(words[1]);
                default -> throw new IllegalArgumentException(rules + ": unknown rule: " + line);
            }
        }
    }

    /** The name of the artifact in the name of its file: what stands before the version. */
    private static String artifactOf(Path jar) {
        return jar.getFileName().toString().replaceFirst("-\\d.*$", "");
    }

    private static Manifest manifestOf(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            return manifest == null ? new Manifest() : manifest;
        }
    }

    private Manifest manifestFor(Path jar) throws IOException {
        Manifest own = manifestOf(jar);
        boolean isBundle = own.getMainAttributes().getValue("Bundle-SymbolicName") != null;
        String artifact = artifactOf(jar);
        if (isBundle && !wrapped.containsKey(artifact)) return own;
        String fileVersion = jar.getFileName().toString().substring(artifact.length() + 1).replaceFirst("\\.jar$", "");
        String version = wrapped.getOrDefault(artifact, fileVersion.replaceFirst("^(\\d+(\\.\\d+){0,2}).*$", "$1"));
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.putValue("Manifest-Version", "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", "liftlock.wso2.wrapped." + artifact);
        headers.putValue("Bundle-Version", version);
        List<String> exported = new ArrayList<>();
        for (String name : packagesOf(jar)) exported.add(name + ";version=\"" + version + "\"");
        headers.putValue("Export-Package", String.join(",", exported));
        headers.putValue("DynamicImport-Package", "*");
        return manifest;
    }

    private static Set<String> packagesOf(Path jar) throws IOException {
        Set<String> packages = new TreeSet<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            file.stream().map(JarEntry::getName)
                .filter(name -> name.endsWith(".class") && name.contains("/") && !name.startsWith("META-INF/"))
                .forEach(name -> packages.add(name.substring(0, name.lastIndexOf('/')).replace('/', '.')));
        }
        return packages;
    }

    /** The packages of the JDK that the kernel hands to bundles. */
    private void addSystemPackages(Path launch) throws IOException {
        String text = Files.readString(launch, StandardCharsets.ISO_8859_1).replaceAll("\\\\\\r?\\n", "");
        Matcher list = Pattern.compile("(?m)^org\\.osgi\\.framework\\.system\\.packages=(.*)$").matcher(text);
        if (!list.find()) throw new IllegalStateException(launch + " lists no system packages");
        for (String name : list.group(1).split(",")) export(name.trim().replaceFirst(";.*$", ""), Version.emptyVersion);
    }

    private void addExports(Manifest manifest) throws Exception {
        for (ManifestElement element : elements("Export-Package", manifest)) {
            String version = element.getAttribute("version");
            for (String name : element.getValueComponents()) {
                export(name, version == null ? Version.emptyVersion : Version.parseVersion(version));
            }
        }
    }

    private void export(String name, Version version) {
        exports.computeIfAbsent(name, key -> new ArrayList<>()).add(version);
    }

    private static ManifestElement[] elements(String header, Manifest manifest) throws Exception {
        String value = manifest.getMainAttributes().getValue(header);
        ManifestElement[] found = value == null ? null : ManifestElement.parseHeader(header, value);
        return found == null ? new ManifestElement[0] : found;
    }

    private void write(Path jar, Manifest manifest, Path target) throws Exception {
        Attributes headers = manifest.getMainAttributes();
        Set<String> dropped = new HashSet<>(droppedHeaders);
        if (classesOnly.contains(artifactOf(jar))) dropped.addAll(List.of("Axis2Deployer", "Service-Component"));
        for (String header : dropped) headers.remove(new Attributes.Name(header));
        List<String> imports = new ArrayList<>();
        for (ManifestElement element : elements("Import-Package", manifest)) imports.add(resolvable(element));
        if (!imports.isEmpty()) headers.putValue("Import-Package", String.join(",", imports));
        // Digests of single entries: the signatures that they belong to are left out.
        manifest.getEntries().clear();
        try (JarFile from = new JarFile(jar.toFile());
                OutputStream file = Files.newOutputStream(target);
                JarOutputStream to = new JarOutputStream(file, manifest)) {
            for (JarEntry entry : (Iterable<JarEntry>) from.stream()::iterator) copy(from, entry, to);
        }
    }

    private String resolvable(ManifestElement element) {
        String range = element.getAttribute("version");
        boolean isOptional = "optional".equals(element.getDirective("resolution"));
        for (String name : element.getValueComponents()) {
            boolean isExported = name.startsWith("java.") || exports.getOrDefault(name, List.of()).stream()
                .anyMatch(version -> range == null || new VersionRange(range).includes(version));
            if (isExported) continue;
            if (exports.containsKey(name) && anyVersion.stream().anyMatch(name::startsWith)) return withoutVersion(element);
            if (!isOptional) return element + ";resolution:=optional";
        }
        return element.toString();
    }

    private static String withoutVersion(ManifestElement element) {
        return element.toString().replaceFirst(";\\s*version=(\"[^\"]*\"|[^;]*)", "");
    }

    private void copy(JarFile from, JarEntry entry, JarOutputStream to) throws IOException {
        String name = entry.getName();
        if (name.equals(JarFile.MANIFEST_NAME) || name.matches("META-INF/[^/]*\\.(SF|RSA|DSA)")) return;
        to.putNextEntry(new JarEntry(name));
        try (InputStream content = from.getInputStream(entry)) {
            boolean isComponent = name.startsWith("OSGI-INF/") && name.endsWith(".xml");
            if (isComponent) to.write(startable(new String(content.readAllBytes(), StandardCharsets.UTF_8)));
            else content.transferTo(to);
        }
        to.closeEntry();
    }

    /** The description of a component, with references to services that nothing provides made optional. */
    private byte[] startable(String component) {
        String text = REFERENCE.matcher(component).replaceAll(found -> Matcher.quoteReplacement(optional(found.group())));
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String optional(String reference) {
        Matcher service = INTERFACE.matcher(reference);
        if (!service.find() || !optionalReferences.contains(service.group(1))) return reference;
        Matcher cardinality = CARDINALITY.matcher(reference);
        if (cardinality.find()) return cardinality.replaceFirst("cardinality=\"0..$1\"");
        return reference.replaceFirst("<reference\\s", "<reference cardinality=\"0..1\" ");
    }
}
