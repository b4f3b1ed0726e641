using System.Diagnostics;
using AiObs.Storage.Tests.Processes;
using AiObs.TestSupport;

namespace AiObs.Storage.Tests.Faults;

public sealed class NativeLibraryTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AppendAsync_ApplicationBringsNoNativeLibrary_NamesTheLineToAdd()
    {
        using var directory = new TemporaryDirectory();
        CopyWithoutNativeLibrary(directory.Path);
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet",
            [directory.File("AiObs.Storage.Tests.dll"), WriterProcess.Switch, "sqlite", $"Data Source={directory.File("aiobs.db")}", "0", "1", "1"])
        {
            RedirectStandardError = true,
        })!;

        var error = await process.StandardError.ReadToEndAsync(Stop);
        await process.WaitForExitAsync(Stop);

        Assert.NotEqual(0, process.ExitCode);
        Assert.Contains("<PackageReference Include=\"SQLitePCLRaw.bundle_e_sqlite3\" Version=\"2.*\" />", error, StringComparison.Ordinal);
    }

    /// <summary>Makes the program what it would be without the package: its assemblies and natives are missing, and nothing asks for them.</summary>
    private static void CopyWithoutNativeLibrary(string target)
    {
        var program = typeof(WriterProcess).Assembly.Location;
        var files = Directory.GetFiles(Path.GetDirectoryName(program)!, "*.dll")
            .Where(static file => !Path.GetFileName(file).StartsWith("SQLitePCLRaw.batteries", StringComparison.Ordinal)
                && !Path.GetFileName(file).StartsWith("SQLitePCLRaw.provider", StringComparison.Ordinal))
            .Append(Path.ChangeExtension(program, ".runtimeconfig.json"));
        foreach (var file in files)
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }
    }
}
