using AiObs.Cost.Pricing;

namespace AiObs.Cost.Tests.Pricing;

/// <summary>The source of prices that a scope brings.</summary>
public sealed class PricingScopeTests
{
    private readonly StubPricing _own = new();

    [Fact]
    public void UsePricing_Inside_IsInForceAndOutsideIsNot()
    {
        using (AgentContext.UsePricing(_own))
        {
            Assert.Same(_own, PricingScope.Current);
        }

        Assert.Null(PricingScope.Current);
    }

    [Fact]
    public void UsePricing_ScopesInside_InheritItAndTheInnermostCounts()
    {
        var inner = new StubPricing();
        using var outer = AgentContext.UsePricing(_own);
        using var conversation = AgentContext.Begin("conversation");
        using var suppressed = AgentContext.Suppress();
        Assert.Same(_own, PricingScope.Current);

        using (AgentContext.UsePricing(inner))
        {
            Assert.Same(inner, PricingScope.Current);
        }

        Assert.Same(_own, PricingScope.Current);
    }

    [Fact]
    public void UsePricing_InsideOfAScope_KeepsForWhomTheWorkIs()
    {
        using var scope = AgentContext.Begin("conversation", "user", "session", ["tag"], [new("key", 1)]);
        using var suppressed = AgentContext.Suppress();
        using var pricing = AgentContext.UsePricing(_own);
        var current = AgentContext.Current!;

        Assert.Equal(("conversation", "user", "session"), (current.ConversationId, current.UserId, current.SessionId));
        Assert.Equal(["tag"], current.Tags);
        Assert.Equal(1, current.Metadata!["key"]);
        Assert.True(AgentContext.IsCurrentSuppressed);
    }

    [Fact]
    public void UsePricing_ManyScopesInOne_ShareWhatIsReadOfIt()
    {
        var reader = new ContextReader("0123456789abcdef");
        using var scope = AgentContext.Begin(userId: "user");
        var outside = reader.Read();

        using var pricing = AgentContext.UsePricing(_own);
        using var more = AgentContext.UsePricing(_own);

        Assert.Same(outside, reader.Read());
    }

    [Fact]
    public void UsePricing_OutsideOfEveryScope_ReadsAsNone()
    {
        using var pricing = AgentContext.UsePricing(_own);

        Assert.Same(AiObs.Operations.OperationContext.Empty, new ContextReader(null).Read());
    }

    [Fact]
    public void UsePricing_Null_Throws() => Assert.Throws<ArgumentNullException>(() => AgentContext.UsePricing(null!));
}
