using AiObs.TestSupport.Otlp;
using FakeModelServer;
using WeatherAgent.Screen;

namespace WeatherAgent.Tests;

/// <summary>Is one call of the sample's program and what it left, without the start of a process for each: <see cref="WeatherProcess"/> is one.</summary>
internal sealed record WeatherCall(int ExitCode, string Output, string Error)
{
    private static readonly string[] Meddlers = ["ANTHROPIC_", "OPENAI_", "OTEL_", "OPENINFERENCE_"];

    // Spans and the environment belong to the process: two runs at once would see each other's.
    private static readonly SemaphoreSlim Alone = new(1);

    /// <summary>Runs the sample with the model that is scripted in it.</summary>
    public static Task<WeatherCall> RunAsync(params IEnumerable<string> arguments) => RunAsync(arguments, []);

    /// <summary>Runs the sample as with a key of Anthropic's service, which the server stands for.</summary>
    public static Task<WeatherCall> RunAgainstAsync(FakeServer server, params IEnumerable<string> arguments) => RunAsync(arguments, KeysFor(server));

    /// <summary>The same with a key of OpenAI's.</summary>
    public static Task<WeatherCall> RunOpenAIAgainstAsync(FakeServer server, string provider, params IEnumerable<string> arguments) => RunAsync(
        ["--provider", provider, .. arguments],
        new() { ["OPENAI_API_KEY"] = "test-key", ["OPENAI_BASE_URL"] = server.OpenAIBaseAddress.ToString() });

    /// <summary>Returns what the environment of a run says that asks the server.</summary>
    public static Dictionary<string, string> KeysFor(FakeServer server) =>
        new() { ["ANTHROPIC_API_KEY"] = "test-key", ["ANTHROPIC_BASE_URL"] = server.BaseAddress.ToString() };

    /// <summary>Takes out of an environment what could change a run, and puts in what the run is to find.</summary>
    public static void Prepare(IDictionary<string, string?> environment, Dictionary<string, string> variables)
    {
        foreach (var name in environment.Keys.Where(static name => Meddlers.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))).ToList())
        {
            environment.Remove(name);
        }

        environment[PatientExport.Variable] = PatientExport.Value;
        foreach (var (name, value) in variables)
        {
            environment[name] = value;
        }
    }

    /// <summary>Makes line ends the same everywhere.</summary>
    public static string Normalize(string text) => text.Replace(Environment.NewLine, "\n", StringComparison.Ordinal);

    private static async Task<WeatherCall> RunAsync(IEnumerable<string> arguments, Dictionary<string, string> variables)
    {
        await Alone.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            using var environment = new RunEnvironment(variables);
            await using var output = new StringWriter();
            await using var error = new StringWriter();
            var exitCode = await Program.RunAsync([.. arguments], new Terminal(output, error));

            return new WeatherCall(exitCode, Normalize(output.ToString()), Normalize(error.ToString()));
        }
        finally
        {
            Alone.Release();
        }
    }
}
