using AiObs.Guardrails;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Tests.Guardrails;

/// <summary>Functions that are guarded by name, for loops of the application's own.</summary>
public sealed class GuardedFunctionTests : IAsyncDisposable
{
    private readonly ConversationScene _scene = new();
    private readonly List<string> _sent = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task CallRefused_IsNotRunAndSaysWhy()
    {
        var result = await InvokeAsync(new GuardrailRule(RefusingTools.Named("send"), GuardrailMode.Block), "x");

        Assert.Equal("Not run: send is not allowed", result);
        Assert.Empty(_sent);
        Assert.StartsWith("policy_violation c= policy=tools reason=send is not allowed stage=tool_call mode=block score=1 hits=1 tool=send call_id=", Assert.Single(await _scene.EventsAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ArgumentsRedacted_RunSo()
    {
        var result = await InvokeAsync(new GuardrailRule(StubGuardrail.Finding("secret"), GuardrailMode.Redact) { Stages = GuardrailStages.ToolCall }, "my secret");

        Assert.Equal("sent my [SECRETS]", result?.ToString());
        Assert.Equal(["my [SECRETS]"], _sent);
    }

    [Theory]
    [InlineData(GuardrailMode.Redact, "sent my [SECRETS]")]
    [InlineData(GuardrailMode.Block, "Withheld: a secret")]
    [InlineData(GuardrailMode.Warn, "sent my secret")]
    public async Task Result_FollowsTheMode(GuardrailMode mode, string expected)
    {
        var result = await InvokeAsync(new GuardrailRule(StubGuardrail.Finding("secret"), mode) { Stages = GuardrailStages.ToolResult }, "my secret");

        Assert.Equal(expected, result?.ToString());
        Assert.Equal(["my secret"], _sent);
    }

    [Fact]
    public void NoRuleForTools_Throws() => Assert.Equal(
        "rules", Assert.Throws<ArgumentException>(() => Tool().Guarded(_scene.Root, new GuardrailRule(new StubGuardrail { Stages = GuardrailStages.Input }, GuardrailMode.Block))).ParamName);

    [Fact]
    public void Guarded_KeepsWhatDescribesTheFunction()
    {
        var tool = Tool();
        var guarded = tool.Guarded(_scene.Root, new GuardrailRule(new StubGuardrail(), GuardrailMode.Block));

        Assert.Equal((tool.Name, tool.Description, tool.JsonSchema.ToString()), (guarded.Name, guarded.Description, guarded.JsonSchema.ToString()));
    }

    private ValueTask<object?> InvokeAsync(GuardrailRule rule, string text) =>
        Tool().Guarded(_scene.Root, rule).InvokeAsync(new(new Dictionary<string, object?>(StringComparer.Ordinal) { ["text"] = text }), Token);

    private AIFunction Tool() => AIFunctionFactory.Create(
        (string text) =>
        {
            _sent.Add(text);
            return $"sent {text}";
        },
        "send",
        "Sends a text.");
}
