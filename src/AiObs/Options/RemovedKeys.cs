using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace AiObs;

/// <summary>Refuses keys of 0.1.0 that are not read any more: what they asked for, such as that no event may be lost, would be left undone without a word.</summary>
internal static class RemovedKeys
{
    private const string Sinks = "AgentObservability:Events:Sinks:";

    /// <summary>The sections and their keys, with <c>*</c> for any name or number, and what to write instead.</summary>
    private static readonly (string Section, string Key, string Instead)[] All =
    [
        (Sinks + "*", "OnFailure", "Write ThrowOnFailure: true where it was Throw, false where it was Log."),
        (Sinks + "*", "FullMode", "Write DropOldest: true where it was DropOldest, false where it was DropNewest."),
        (Sinks + "JsonLinesFileSink", "Sync",
            "Set SyncEachBatch of JsonLinesFileSinkOptions, in code: true where it was EachBatch, false where it was OnFlush."),
        ("AgentObservability:Tracing", "AgentTotals", "Write MoveAgentTotals: true where it was Move, false where it was Keep."),
        ("AgentObservability:Costs", "Pricing:Prices:*:Match", "Where it was Prefix, end Model in *, as in gpt-4o*; where it was Exact, leave it out."),
    ];

    /// <summary>Throws when a section has such a key.</summary>
    /// <param name="section">The section that options are bound from.</param>
    /// <param name="options">The type of the options.</param>
    /// <exception cref="OptionsValidationException">The section has such a key; each is named, with what to write instead.</exception>
    public static void Refuse(IConfigurationSection section, Type options)
    {
        var removed = All.Where(removed => Fits(section.Path, removed.Section)).ToList();
        if (removed.Count == 0)
        {
            return;
        }

        var failures = section.AsEnumerable(makePathsRelative: true)
            .SelectMany(pair => removed
                .Where(removed => Fits(pair.Key, removed.Key))
                .Select(removed => $"{section.Path}:{pair.Key} is no option any more. {removed.Instead}"))
            .Order(StringComparer.Ordinal)
            .ToList();
        if (failures.Count > 0)
        {
            throw new OptionsValidationException(Options.DefaultName, options, failures);
        }
    }

    private static bool Fits(string path, string wanted)
    {
        var names = path.Split(ConfigurationPath.KeyDelimiter);
        var parts = wanted.Split(ConfigurationPath.KeyDelimiter);
        return names.Length == parts.Length
            && parts.Zip(names).All(static pair => pair.First == "*" || string.Equals(pair.First, pair.Second, StringComparison.OrdinalIgnoreCase));
    }
}
