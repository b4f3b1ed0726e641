using AiObs.Conventions.OpenInference;
using AiObs.Operations;

namespace AiObs.Tests.Conventions;

public sealed class OpenInferenceConventionContractTests : SpanConventionContract
{
    private static readonly string[] Prefixes =
        ["openinference.", "llm.", "input.", "output.", "embedding.", "tool.", "agent.", "retrieval.", "reranker."];

    protected override ISpanConvention Convention { get; } = new OpenInferenceConvention(GenAIProfile.V1_41, writesContent: true);

    protected override bool Owns(string key) =>
        Prefixes.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal))
        || key is "session.id" or "user.id" or "metadata" or "tag.tags";
}
