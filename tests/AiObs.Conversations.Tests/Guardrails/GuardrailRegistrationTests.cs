using AiObs.Guardrails;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AiObs.Conversations.Tests.Guardrails;

/// <summary>Where guardrails come from, and where a guarded client may stand.</summary>
public sealed class GuardrailRegistrationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(GuardrailStages.ToolCall)]
    [InlineData(GuardrailStages.ToolResult)]
    [InlineData(GuardrailStages.All)]
    public void Use_OutsideOfTheLoopForTools_Throws(GuardrailStages stages)
    {
        var rule = new GuardrailRule(new StubGuardrail(), GuardrailMode.Block) { Stages = stages };
        var builder = new StubChatClient().AsBuilder().UseGuardrails(rule).UseFunctionInvocation();

        var exception = Assert.Throws<InvalidOperationException>(() => builder.Build());

        Assert.Equal(
            $"The guardrail 'secrets' looks at {stages}, but UseGuardrails() stands outside of the function loop, which runs tools before anybody has looked. "
            + "In the builder, put UseFunctionInvocation() before UseGuardrails(); or let its rule look at Input and Output alone.",
            exception.Message);
    }

    [Fact]
    public async Task Use_OutsideOfTheLoopForInput_IsFine()
    {
        var rule = new GuardrailRule(StubGuardrail.Finding("x"), GuardrailMode.Block) { Stages = GuardrailStages.Input | GuardrailStages.Output };
        var client = new StubChatClient().AsBuilder().UseGuardrails(rule).UseFunctionInvocation().Build();

        await Assert.ThrowsAsync<GuardrailException>(() => client.GetResponseAsync("x", cancellationToken: Token));
    }

    [Fact]
    public void Use_NoGuardrails_Throws()
    {
        Assert.Equal("rules", Assert.Throws<ArgumentException>(() => new StubChatClient().AsBuilder().UseGuardrails([])).ParamName);
        Assert.StartsWith("UseGuardrails() has no guardrail.", Assert.Throws<OptionsValidationException>(() => new StubChatClient().UseGuardrails()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Use_BlankText_Throws()
    {
        var exception = Assert.Throws<OptionsValidationException>(() => new StubChatClient().UseGuardrails(configure: static options =>
        {
            options.Guardrails.Add(new(new StubGuardrail { Stages = GuardrailStages.Input }, GuardrailMode.Block));
            options.RefusalText = " ";
        }));

        Assert.Equal("RefusalText is blank. Give it a text, or leave it out, so that refusals throw.", exception.Message);
    }

    [Fact]
    public async Task Use_NoneNamed_TakesThoseOfTheContainer()
    {
        var services = new ServiceCollection();
        services.AddAgentObservability().AddConversations(static options => options.Guardrails.Add(new(StubGuardrail.Finding("x"), GuardrailMode.Redact)));
        var model = new StubChatClient();
        services.AddChatClient(model).UseFunctionInvocation().UseGuardrails();
        await using var provider = services.BuildServiceProvider();

        await provider.GetRequiredService<IChatClient>().GetResponseAsync("x", cancellationToken: Token);

        Assert.Equal("user: [SECRETS]", StrictModel.Describe(model.Calls[0].Messages));
    }

    [Fact]
    public async Task Use_ObservedClientInside_TellsItsRoot()
    {
        await using var scene = new ConversationScene();
        var client = new StubChatClient().AsBuilder()
            .UseGuardrails(new GuardrailRule(StubGuardrail.Finding("x"), GuardrailMode.Warn) { Stages = GuardrailStages.Input })
            .UseAgentObservability(scene.Root)
            .Build();

        await client.GetResponseAsync("x", cancellationToken: Token);

        Assert.Single(await scene.RawEventsAsync(), static item => item.Type == "policy_violation");
    }

    [Fact]
    public void Rule_WithoutAName_Throws() =>
        Assert.Equal("guardrail", Assert.Throws<ArgumentException>(static () => new GuardrailRule(new StubGuardrail { Name = " " }, GuardrailMode.Warn)).ParamName);
}
