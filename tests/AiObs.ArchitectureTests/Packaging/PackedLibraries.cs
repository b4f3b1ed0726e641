using System.IO.Compression;

namespace AiObs.ArchitectureTests.Packaging;

/// <summary>Packs every library once, under a version of its own, in a temporary folder that stays clear of all other builds.</summary>
public sealed class PackedLibraries : IAsyncLifetime
{
    /// <summary>Ends what hangs. Several minutes are nothing unusual where others build at the same time.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromHours(1);

    /// <summary>Gets the temporary folder.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("aiobs-packages-").FullName;

    /// <summary>Gets the version that all packages carry.</summary>
    public string Version { get; } = $"0.0.0-test.{Guid.NewGuid():N}";

    private string Feed => Path.Combine(Folder, "feed");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        foreach (var assembly in Repository.Assemblies)
        {
            var project = Path.Combine(Repository.Root, "src", assembly.GetName().Name!);
            string[] arguments =
                ["pack", project, "--output", Feed, "--artifacts-path", Path.Combine(Folder, "build"), $"-p:Version={Version}", "--nologo"];
            await DotNet.RunAsync(Repository.Root, arguments, limit.Token);
        }
    }

    /// <summary>Copies a consumer out of the repository, runs it against the packages and returns what it prints.</summary>
    public async Task<string> RunConsumerAsync(string name, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        var consumers = Path.Combine(Repository.Root, "tests/AiObs.ArchitectureTests/Packaging/Consumers");
        var consumer = Directory.CreateDirectory(Path.Combine(Folder, "consumers", name)).FullName;
        foreach (var file in Directory.GetFiles(consumers).Concat(Directory.GetFiles(Path.Combine(consumers, name))))
        {
            File.Copy(file, Path.Combine(consumer, Path.GetFileName(file)));
        }

        // Our packages go into a folder of their own; everything else is taken from where it lies already.
        string[] arguments =
        [
            "run",
            $"-p:AiObsVersion={Version}",
            $"-p:AnthropicVersion={CentralVersions.Of("Anthropic")}",
            $"-p:SemanticKernelVersion={CentralVersions.Of("Microsoft.SemanticKernel")}",
            $"-p:RestorePackagesPath={Path.Combine(Folder, "packages")}",
            $"-p:RestoreFallbackFolders={GlobalPackages()}",
        ];

        return await DotNet.RunAsync(consumer, arguments, limit.Token);
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
