namespace AiObs.Tests;

public sealed class AgentContextTests
{
    [Fact]
    public void Dispose_OutOfOrder_InnerScopeStaysUntilItIsLeftAndNothingStaysAfter()
    {
        var outer = AgentContext.Begin("outer", userId: "u");
        var inner = AgentContext.Begin("inner");

        outer.Dispose();
        Assert.Equal("inner", AgentContext.Current?.ConversationId);

        inner.Dispose();
        Assert.Null(AgentContext.Current);
    }

    [Fact]
    public void Dispose_Twice_LeavesOnce()
    {
        using var outer = AgentContext.Begin("outer");
        var inner = AgentContext.Begin("inner");

        inner.Dispose();
        inner.Dispose();

        Assert.Equal("outer", AgentContext.Current?.ConversationId);
    }
}
