using System.Diagnostics;
using AiObs.Conventions.OpenInference;
using AiObs.Operations;

namespace AiObs.OpenTelemetry.Bridge;

/// <summary>Turns the model span of another library into a step of ours, which owns tokens and cost.</summary>
internal static class Demotion
{
    private static readonly string[] OwnedByModelSpan = ["gen_ai.usage.", "llm.token_count.", "llm.cost."];

    public static void Apply(Activity span)
    {
        // Collected first: the list of tags cannot be walked while it changes.
        var owned = new List<string>();
        foreach (ref readonly var tag in span.EnumerateTagObjects())
        {
            if (IsOwnedByModelSpan(tag.Key))
            {
                owned.Add(tag.Key);
            }
        }

        foreach (var key in owned)
        {
            span.SetTag(key, null);
        }

        span.SetTag(OpenInferenceAttributes.SpanKind, OpenInferenceKinds.Of(OperationKind.Chain));
    }

    private static bool IsOwnedByModelSpan(string key) =>
        Array.Exists(OwnedByModelSpan, prefix => key.StartsWith(prefix, StringComparison.Ordinal));
}
