using System.IO.Compression;
using System.Reflection;
using System.Text.Json;

namespace AiObs.ArchitectureTests.Packaging;

/// <summary>Packs every library once, as the build has made it that these tests belong to, into a temporary folder.</summary>
public sealed class PackedLibraries : IAsyncLifetime
{
    /// <summary>Ends what hangs. Several minutes are nothing unusual where others build at the same time.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromHours(1);

    private readonly Lazy<Task<string>> _consumers;

    /// <summary>Initializes a new instance of the <see cref="PackedLibraries"/> class.</summary>
    public PackedLibraries() => _consumers = new(BuildConsumersAsync);

    /// <summary>Gets the temporary folder.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("aiobs-packages-").FullName;

    /// <summary>Gets the version that all packages carry.</summary>
    public string Version { get; } =
        typeof(AgentObservability).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Gets which build was packed.</summary>
    public string Configuration { get; } =
        typeof(AgentObservability).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    private string Libraries => Path.Combine(Folder, "libraries.slnf");

    private string Packages => Path.Combine(Folder, "packages");

    private string Feed => Path.Combine(Folder, "feed");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        await File.WriteAllTextAsync(Libraries, JsonSerializer.Serialize(new
        {
            solution = new
            {
                path = Path.Combine(Repository.Root, "AiObs.sln"),
                projects = Repository.Assemblies.Select(static assembly => assembly.GetName().Name!).Select(static name => $@"src\{name}\{name}.csproj"),
            },
        }));

        // One process of the build: starting more of them takes longer than what they have to do.
        string[] arguments = ["pack", Libraries, "--output", Feed, "--configuration", Configuration, "--no-build", "--nologo", "-maxCpuCount:1"];
        await DotNet.RunAsync(Repository.Root, arguments, limit.Token);
    }

    /// <summary>Runs a consumer against the packages and returns what it prints.</summary>
    public async Task<string> RunConsumerAsync(string name, CancellationToken cancellationToken)
    {
        var consumers = await _consumers.Value;

        return await DotNet.RunAsync(
            Folder, [Path.Combine(consumers, name, "bin", "Debug", "net10.0", $"{name}Consumer.dll")], cancellationToken);
    }

    /// <summary>Copies the consumers out of the repository, builds them there, and returns the folder.</summary>
    private async Task<string> BuildConsumersAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        var sources = Path.Combine(Repository.Root, "tests/AiObs.ArchitectureTests/Packaging/Consumers");
        var consumers = Path.Combine(Folder, "consumers");
        foreach (var file in Directory.GetFiles(sources, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(consumers, Path.GetRelativePath(sources, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        // Our packages go into a folder of their own; everything else is taken from where it lies already.
        string[] arguments =
        [
            "build",
            $"-p:AiObsVersion={Version}",
            $"-p:AnthropicVersion={CentralVersions.Of("Anthropic")}",
            $"-p:SemanticKernelVersion={CentralVersions.Of("Microsoft.SemanticKernel")}",
            $"-p:RestorePackagesPath={Packages}",
            $"-p:RestoreFallbackFolders={GlobalPackages()}",
            "-p:RunAnalyzers=false",
            "-p:NuGetAudit=false",
            "--nologo",
            "-maxCpuCount:1",
        ];
        await DotNet.RunAsync(consumers, arguments, limit.Token);

        // What somebody has installed on this machine under the same version is taken before our packages.
        Assert.True(Directory.Exists(Path.Combine(Packages, "aiobs", Version)), $"The consumers took AiObs {Version} from {GlobalPackages()}: delete it there.");

        return consumers;
    }

    /// <summary>Lists the files in a package.</summary>
    public IReadOnlyList<string> Content(string name) => List(PackageOf(name));

    /// <summary>Lists the files in a package of symbols.</summary>
    public IReadOnlyList<string> SymbolContent(string name) => List(SymbolsOf(name));

    /// <summary>Reads a file in a package.</summary>
    public byte[] Read(string name, string path) => Read(new FileInfo(PackageOf(name)), path);

    /// <summary>Reads a file in a package of symbols.</summary>
    public byte[] ReadSymbols(string name, string path) => Read(new FileInfo(SymbolsOf(name)), path);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);

        return ValueTask.CompletedTask;
    }

    private static List<string> List(string file)
    {
        using var package = ZipFile.OpenRead(file);

        return [.. package.Entries.Select(entry => entry.FullName)];
    }

    private static byte[] Read(FileInfo file, string path)
    {
        using var package = ZipFile.OpenRead(file.FullName);
        using var entry = package.GetEntry(path)!.Open();
        using var bytes = new MemoryStream();
        entry.CopyTo(bytes);

        return bytes.ToArray();
    }

    private string PackageOf(string name) => Path.Combine(Feed, $"{name}.{Version}.nupkg");

    private string SymbolsOf(string name) => Path.Combine(Feed, $"{name}.{Version}.snupkg");

    private static string GlobalPackages() =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
