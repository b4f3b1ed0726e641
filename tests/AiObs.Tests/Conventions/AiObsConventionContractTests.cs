using AiObs.Conventions;
using AiObs.Operations;

namespace AiObs.Tests.Conventions;

public sealed class AiObsConventionContractTests : SpanConventionContract
{
    protected override ISpanConvention Convention { get; } = new AiObsConvention();

    protected override bool Owns(string key) => key.StartsWith("aiobs.", StringComparison.Ordinal);
}
