using System.Diagnostics;
using System.Text;
using FakeModelServer;

namespace WeatherAgent.Tests;

/// <summary>Is the sample as a user runs it: a process of its own, with nothing of this one's environment that could change it.</summary>
internal static class WeatherProcess
{
    /// <summary>Runs the sample with the model that is scripted in it.</summary>
    public static async Task<WeatherCall> RunAsync(params IEnumerable<string> arguments)
    {
        using var process = Start(arguments, []);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        return new WeatherCall(process.ExitCode, WeatherCall.Normalize(await output), WeatherCall.Normalize(await error));
    }

    /// <summary>Starts the sample with the model that is scripted in it.</summary>
    public static Process Start(params IEnumerable<string> arguments) => Start(arguments, []);

    /// <summary>Starts the sample as with a key of Anthropic's service, which the server stands for.</summary>
    public static Process StartAgainst(FakeServer server, params IEnumerable<string> arguments) => Start(arguments, WeatherCall.KeysFor(server));

    private static Process Start(IEnumerable<string> arguments, Dictionary<string, string> variables)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(WeatherRun).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        WeatherCall.Prepare(start.Environment, variables);

        return Process.Start(start)!;
    }
}
