using System.Diagnostics;

namespace AiObs.OpenTelemetry.Bridge;

/// <summary>Tells from its source whose span an activity is.</summary>
internal sealed class SpanOrigins
{
    private static readonly string[] KnownModelSources =
    [
        "com.anthropic.sdk.csharp",
        "OpenAI.*",
        "Azure.AI.*",
        "Experimental.Microsoft.Extensions.AI",
        "Experimental.Microsoft.Agents.AI",
        "Microsoft.SemanticKernel*",
    ];

    private readonly string[] _ownNames;
    private readonly string[] _foreignPatterns;

    public SpanOrigins(IEnumerable<string> ownNames, IEnumerable<string> furtherModelSources)
    {
        _ownNames = [.. ownNames];
        _foreignPatterns = [.. KnownModelSources, .. furtherModelSources];
    }

    /// <summary>Tells whether a source is one of ours.</summary>
    public bool IsOwn(ActivitySource source)
    {
        foreach (var name in _ownNames)
        {
            // As the SDK compares them.
            if (name.Equals(source.Name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Tells whether a source is one of another library's that writes model spans.</summary>
    public bool IsForeignModelSource(ActivitySource source) =>
        !IsOwn(source) && Array.Exists(_foreignPatterns, pattern => Matches(pattern, source.Name));

    private static bool Matches(string pattern, string name) => pattern.EndsWith('*')
        ? name.AsSpan().StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.OrdinalIgnoreCase)
        : name.Equals(pattern, StringComparison.OrdinalIgnoreCase);
}
