using System.Diagnostics;
using System.IO.Compression;
using System.Xml.Linq;

namespace AiObs.Generators.Tests;

/// <summary>The AiObs package, packed in a folder of its own.</summary>
public sealed class PackedAiObs : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aiobs-pack-");

    public IReadOnlyList<string> Files { get; private set; } = [];

    public IReadOnlyList<string> Dependencies { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        await PackAsync();

        var file = Assert.Single(_folder.GetFiles("AiObs.*.nupkg"));
        await using var archive = await ZipFile.OpenReadAsync(file.FullName, TestContext.Current.CancellationToken);
        Files = [.. archive.Entries.Select(entry => entry.FullName)];
        Dependencies = ReadDependencies(archive.GetEntry("AiObs.nuspec")!);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);

        return ValueTask.CompletedTask;
    }

    // Its own artifacts folder keeps this build apart from the one that the tests run in.
    private async Task PackAsync()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = RepositoryRoot.Path,
            RedirectStandardOutput = true,
            ArgumentList =
            {
                "pack", "src/AiObs", "--nologo", "--verbosity", "quiet", "--output", _folder.FullName,
                "--artifacts-path", Path.Combine(_folder.FullName, "artifacts"), "--disable-build-servers", "-nodeReuse:false",
            },
        };

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, output);
    }

    private static List<string> ReadDependencies(ZipArchiveEntry nuspec)
    {
        using var stream = nuspec.Open();

        return [.. XDocument.Load(stream).Descendants()
            .Where(element => element.Name.LocalName == "dependency")
            .Select(element => element.Attribute("id")!.Value)];
    }
}
