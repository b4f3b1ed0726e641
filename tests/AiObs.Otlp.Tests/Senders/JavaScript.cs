using System.Diagnostics;

namespace AiObs.Otlp.Tests.Senders;

/// <summary>Runs the sender that stands beside the tests in JavaScript, where Node and its packages are installed.</summary>
internal static class JavaScript
{
    public const string Missing =
        "Node, or the packages of tests/AiObs.Otlp.Tests/Senders/javascript, are not installed: the exporter of OpenTelemetry for JavaScript is not tested. Run npm ci there.";

    /// <summary>Gets the folder of the sender, in the sources; its packages are installed there.</summary>
    private static string Folder { get; } = Path.Combine(FindTests(), "AiObs.Otlp.Tests", "Senders", "javascript");

    /// <summary>Gets a value indicating whether it can be run.</summary>
    public static bool IsInstalled { get; } = Directory.Exists(Path.Combine(Folder, "node_modules")) && FindNode() is not null;

    /// <summary>Runs it to its end.</summary>
    public static async Task RunAsync(string endpoint, string encoding, IEnumerable<string> lines, CancellationToken cancellationToken)
    {
        using var node = Process.Start(new ProcessStartInfo(FindNode()!, ["send.mjs", endpoint, encoding])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await node.StandardInput.WriteAsync(string.Join('\n', lines).AsMemory(), cancellationToken);
        node.StandardInput.Close();
        var said = await Task.WhenAll(node.StandardOutput.ReadToEndAsync(cancellationToken), node.StandardError.ReadToEndAsync(cancellationToken));
        await node.WaitForExitAsync(cancellationToken);
        Assert.Equal((0, ""), (node.ExitCode, string.Concat(said)));
    }

    private static string? FindNode() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Select(static folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "node.exe" : "node"))
        .FirstOrDefault(File.Exists);

    private static string FindTests()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AiObs.sln")))
            {
                return Path.Combine(folder.FullName, "tests");
            }
        }

        throw new InvalidOperationException("The sources are not above the tests.");
    }
}
