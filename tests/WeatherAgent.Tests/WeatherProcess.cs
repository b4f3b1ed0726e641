using System.Diagnostics;
using System.Text;
using AiObs.TestSupport.Otlp;
using FakeModelServer;

namespace WeatherAgent.Tests;

/// <summary>Is the sample as a user runs it: a process of its own, with nothing of this one's environment that could change it.</summary>
internal sealed record WeatherProcess(int ExitCode, string Output, string Error)
{
    private static readonly string[] Meddlers = ["ANTHROPIC_", "OPENAI_", "OTEL_", "OPENINFERENCE_"];

    /// <summary>Runs the sample with the model that is scripted in it.</summary>
    public static Task<WeatherProcess> RunAsync(params IEnumerable<string> arguments) => FinishAsync(Start(arguments));

    /// <summary>Runs the sample as with a key of the real service, which the server stands for.</summary>
    public static Task<WeatherProcess> RunAgainstAsync(FakeServer server, params IEnumerable<string> arguments) =>
        FinishAsync(StartAgainst(server, arguments));

    /// <summary>The same with a key of OpenAI's, through its SDK as it is.</summary>
    public static Task<WeatherProcess> RunRawAgainstAsync(FakeServer server, params IEnumerable<string> arguments) =>
        RunOpenAIAgainstAsync(server, "openai-raw", arguments);

    /// <summary>The same with a key of OpenAI's.</summary>
    public static Task<WeatherProcess> RunOpenAIAgainstAsync(FakeServer server, string provider, params IEnumerable<string> arguments) => FinishAsync(Start(
        ["--provider", provider, .. arguments],
        new() { ["OPENAI_API_KEY"] = "test-key", ["OPENAI_BASE_URL"] = server.OpenAIBaseAddress.ToString() }));

    public static Process StartAgainst(FakeServer server, params IEnumerable<string> arguments) => Start(
        arguments, new() { ["ANTHROPIC_API_KEY"] = "test-key", ["ANTHROPIC_BASE_URL"] = server.BaseAddress.ToString() });

    private static Process Start(IEnumerable<string> arguments, Dictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(WeatherRun).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };

        foreach (var name in start.Environment.Keys.Where(name => Meddlers.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment[PatientExport.Variable] = PatientExport.Value;
        foreach (var (name, value) in environment ?? [])
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static async Task<WeatherProcess> FinishAsync(Process started)
    {
        using var process = started;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        return new WeatherProcess(process.ExitCode, Normalize(await output), Normalize(await error));
    }

    private static string Normalize(string text) => text.Replace(Environment.NewLine, "\n", StringComparison.Ordinal);
}
