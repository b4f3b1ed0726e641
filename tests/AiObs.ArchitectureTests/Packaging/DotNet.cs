using System.Diagnostics;

namespace AiObs.ArchitectureTests.Packaging;

/// <summary>Runs the dotnet command as a child process.</summary>
internal static class DotNet
{
    /// <summary>Returns what the command printed; fails with that text when it did not succeed in time.</summary>
    public static async Task<string> RunAsync(string folder, string[] arguments, CancellationToken cancellationToken)
    {
        using var process = Process.Start(StartInfo(folder, arguments))!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);

        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        var text = await output + await errors;
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)} failed:\n{text}");

        return text;
    }

    private static ProcessStartInfo StartInfo(string folder, string[] arguments)
    {
        var info = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // What the test run's own build says about itself would mislead another build.
        foreach (var name in info.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            info.Environment.Remove(name);
        }

        // A build server would outlive the command and hold its output open.
        info.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        info.Environment["UseSharedCompilation"] = "false";

        return info;
    }
}
