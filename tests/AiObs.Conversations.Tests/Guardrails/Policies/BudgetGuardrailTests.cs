using AiObs.Cost.Budgets;
using AiObs.Guardrails;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Conversations.Tests.Guardrails.Policies;

public sealed class BudgetGuardrailTests : IDisposable
{
    private readonly StubChatClient _model = new() { Metadata = new("openai", new Uri("https://api.openai.com/v1"), "gpt-4o-mini") };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _model.Dispose();

    [Fact]
    public async Task Check_NextCallDoesNotFit_SaysWhatTheClientWouldSay()
    {
        await using var scene = Scene(new Budget { Name = "day", TokenLimit = 50 });
        var client = _model.AsBuilder().UseAgentObservability(scene.Root).Build();
        var guardrail = new BudgetGuardrail(scene.Root, client);
        var options = new ChatOptions { MaxOutputTokens = 100 };

        var found = Assert.Single(await Verdict.Of(guardrail, Verdict.Input("Hello.") with { Options = options }));
        var refused = await Assert.ThrowsAsync<BudgetExceededException>(() => client.GetResponseAsync("Hello.", options, Token));

        Assert.Equal($"{refused.Message} 1", found);
        Assert.Empty(_model.Calls);
    }

    [Fact]
    public async Task Check_Fits_PassesAndSetsNothingAside()
    {
        await using var scene = Scene(new Budget { Name = "day", TokenLimit = 1_000 });
        var guardrail = new BudgetGuardrail(scene.Root, _model);

        for (var number = 0; number < 100; number++)
        {
            Assert.Empty(await Verdict.Of(guardrail, Verdict.Input("Hello.") with { Options = new() { MaxOutputTokens = 500 } }));
        }

        Assert.Equal(0, scene.Root.Costs!.Budgets!.Find("day", unit: BudgetUnit.Tokens)!.Reserved);
    }

    [Fact]
    public async Task Check_History_CountsToo()
    {
        await using var scene = Scene(new Budget { Name = "day", TokenLimit = 1_000 });
        var guardrail = new BudgetGuardrail(scene.Root, _model);
        var request = Verdict.Input("Hello.") with { Options = new() { MaxOutputTokens = 100 } };

        Assert.Empty(await Verdict.Of(guardrail, request));
        Assert.Single(await Verdict.Of(guardrail, request with { History = [new(ChatRole.User, string.Join(' ', Enumerable.Repeat("word", 2_000)))] }));
    }

    [Fact]
    public async Task Check_UsersBudget_IsThatOfTheFlow()
    {
        await using var scene = Scene(new Budget { Name = "user", Scope = BudgetScope.User, TokenLimit = 120 });
        var client = _model.AsBuilder().UseAgentObservability(scene.Root).Build();
        _model.OnResponse = static _ => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "Hi.")) { Usage = new() { InputTokenCount = 100, OutputTokenCount = 10 } });
        var options = new ChatOptions { MaxOutputTokens = 20 };
        var guardrail = new BudgetGuardrail(scene.Root, client);
        using (AgentContext.Begin(userId: "ada"))
        {
            await client.GetResponseAsync("Hello.", options, Token);
            Assert.Single(await Verdict.Of(guardrail, Verdict.Input("Hello.") with { Options = options }));
        }

        using (AgentContext.Begin(userId: "bob"))
        {
            Assert.Empty(await Verdict.Of(guardrail, Verdict.Input("Hello.") with { Options = options }));
        }
    }

    [Fact]
    public async Task Check_NamedBudget_IsAskedWhateverItsMode()
    {
        await using var scene = Scene(new Budget { Name = "watched", TokenLimit = 10, Mode = BudgetMode.Warn }, new Budget { Name = "wide", TokenLimit = 100_000 });
        var request = Verdict.Input("Hello.") with { Options = new() { MaxOutputTokens = 100 } };

        Assert.Empty(await Verdict.Of(new BudgetGuardrail(scene.Root, _model), request));
        Assert.Empty(await Verdict.Of(new BudgetGuardrail(scene.Root, _model, "wide"), request));
        Assert.Single(await Verdict.Of(new BudgetGuardrail(scene.Root, _model, "watched"), request));
    }

    [Fact]
    public async Task Check_Suppressed_FindsNothing()
    {
        await using var scene = Scene(new Budget { Name = "day", TokenLimit = 10 });
        var guardrail = new BudgetGuardrail(scene.Root, _model);

        using var none = AgentContext.Suppress();
        Assert.Empty(await Verdict.Of(guardrail, Verdict.Input("Hello.") with { Options = new() { MaxOutputTokens = 100 } }));
    }

    [Fact]
    public async Task Make_Wrong_SaysWhatToDo()
    {
        await using var bare = new ConversationScene();
        Assert.Equal(
            "The root tracks no costs, so that it has no budgets. Call AddCostTracking() on its builder.", Assert.Throws<InvalidOperationException>(() => new BudgetGuardrail(bare.Root, _model)).Message);
        await using var without = Scene();
        Assert.Equal("There is no budget. Add one to CostTrackingOptions.Budgets.", Assert.Throws<InvalidOperationException>(() => new BudgetGuardrail(without.Root, _model)).Message);
        await using var scene = Scene(new Budget { Name = "day", TokenLimit = 10 });
        Assert.StartsWith(
            "There is no budget 'week' among CostTrackingOptions.Budgets.", Assert.Throws<ArgumentException>(() => new BudgetGuardrail(scene.Root, _model, "week")).Message, StringComparison.Ordinal);
    }

    private static ConversationScene Scene(params Budget[] budgets) => new(observe: builder => builder.AddCostTracking(options => Array.ForEach(budgets, options.Budgets.Add)));
}
