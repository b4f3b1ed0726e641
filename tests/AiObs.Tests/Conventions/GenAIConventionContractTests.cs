using AiObs.Conventions.GenAI;
using AiObs.Operations;

namespace AiObs.Tests.Conventions;

public sealed class GenAIConventionContractTests : SpanConventionContract
{
    protected override ISpanConvention Convention { get; } = new GenAIConvention(GenAIProfile.V1_41, writesContext: false, writesContent: true);

    protected override bool Owns(string key) =>
        key.StartsWith("gen_ai.", StringComparison.Ordinal) || key is "server.address" or "server.port" or "error.type";
}
