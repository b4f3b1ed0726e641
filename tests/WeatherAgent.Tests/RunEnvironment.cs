using System.Collections;

namespace WeatherAgent.Tests;

/// <summary>Gives this process the environment that a run is to find, and its own back at the end.</summary>
internal sealed class RunEnvironment : IDisposable
{
    private readonly Dictionary<string, string?> _before = Read();

    public RunEnvironment(Dictionary<string, string> variables)
    {
        var wanted = new Dictionary<string, string?>(_before);
        WeatherCall.Prepare(wanted, variables);
        Change(_before, wanted);
    }

    public void Dispose() => Change(Read(), _before);

    private static Dictionary<string, string?> Read() => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .ToDictionary(static entry => (string)entry.Key, static entry => (string?)entry.Value);

    private static void Change(Dictionary<string, string?> from, Dictionary<string, string?> to)
    {
        foreach (var name in from.Keys.Union(to.Keys).Where(name => from.GetValueOrDefault(name) != to.GetValueOrDefault(name)))
        {
            Environment.SetEnvironmentVariable(name, to.GetValueOrDefault(name));
        }
    }
}
