using AiObs.Conventions.GenAI;
using AiObs.Operations;

namespace AiObs.Tests.Conventions;

public sealed class LatestGenAIConventionContractTests : SpanConventionContract
{
    protected override ISpanConvention Convention { get; } = new GenAIConvention(GenAIProfile.Latest, writesContext: true, writesContent: true);

    protected override bool Owns(string key) =>
        key.StartsWith("gen_ai.", StringComparison.Ordinal)
        || key is "server.address" or "server.port" or "error.type" or "session.id" or "user.id";
}
