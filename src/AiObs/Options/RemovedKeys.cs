using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace AiObs;

/// <summary>Refuses keys of 0.1.0 that are not read any more: what they asked for, such as that no event may be lost, would be left undone without a word.</summary>
internal static class RemovedKeys
{
    private const string Sink = "AgentObservability:Events:Sinks:*:";

    /// <summary>The keys, with <c>*</c> for any name or number, and what to write instead.</summary>
    private static readonly (string Key, string Instead)[] All =
    [
        (Sink + "OnFailure", "Write ThrowOnFailure: true where it was Throw, false where it was Log."),
        (Sink + "FullMode", "Write DropOldest: true where it was DropOldest, false where it was DropNewest."),
        ("AgentObservability:Events:Sinks:JsonLinesFileSink:Sync",
            "Set SyncEachBatch of JsonLinesFileSinkOptions, in code: true where it was EachBatch, false where it was OnFlush."),
        ("AgentObservability:Tracing:AgentTotals", "Write MoveAgentTotals: true where it was Move, false where it was Keep."),
        ("AgentObservability:Costs:Pricing:Prices:*:Match", "Where it was Prefix, end Model in *, as in gpt-4o*; where it was Exact, leave it out."),
    ];

    /// <summary>Throws when a section, or one below it, has such a key.</summary>
    /// <param name="section">A section that options are bound from.</param>
    /// <param name="options">The type of the options.</param>
    /// <exception cref="OptionsValidationException">The section has such a key; each is named, with what to write instead.</exception>
    public static void Refuse(IConfigurationSection section, Type options)
    {
        var failures = section.AsEnumerable()
            .SelectMany(static pair => All
                .Where(removed => Fits(pair.Key, removed.Key))
                .Select(removed => $"{pair.Key} is no option any more. {removed.Instead}"))
            .Order(StringComparer.Ordinal)
            .ToList();
        if (failures.Count > 0)
        {
            throw new OptionsValidationException(Options.DefaultName, options, failures);
        }
    }

    private static bool Fits(string path, string key)
    {
        var names = path.Split(ConfigurationPath.KeyDelimiter);
        var wanted = key.Split(ConfigurationPath.KeyDelimiter);
        return names.Length == wanted.Length
            && wanted.Zip(names).All(static pair => pair.First == "*" || string.Equals(pair.First, pair.Second, StringComparison.OrdinalIgnoreCase));
    }
}
