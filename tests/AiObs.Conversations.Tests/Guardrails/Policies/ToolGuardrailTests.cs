using AiObs.Guardrails;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Tests.Guardrails.Policies;

public sealed class ToolGuardrailTests
{
    [Fact]
    public async Task Check_ToolThatIsNotAllowedOrDenied_IsFound()
    {
        var guardrail = new ToolGuardrail { Allowed = ["get_*", "mail"], Denied = ["*_secret"] };

        Assert.Empty(await Check(guardrail, Call("get_weather")));
        Assert.Empty(await Check(guardrail, Call("mail")));
        Assert.Equal(["the tool is not among those that are allowed 1"], await Check(guardrail, Call("Mail")));
        Assert.Equal(["the tool is denied 1"], await Check(guardrail, Call("get_secret")));
        Assert.Equal(["the tool is not among those that are allowed 1"], await Check(new() { Allowed = [] }, Call("mail")));
        Assert.Equal(["the tool is not among those that are allowed 1"], await Check(new() { Allowed = ["get?"] }, Call("gets")));
    }

    [Fact]
    public async Task Check_UnnamedCall_IsFound() => Assert.Equal(["the call names no tool 1"], await Check(new(), Call(" ")));

    [Fact]
    public async Task Check_Arguments_AreFoundAsThePatternsSay()
    {
        var guardrail = new ToolGuardrail { Arguments = [new("file_*", "path", "^/data/") { MustMatch = true }, new("*", "*", @"\.\./"), new("pay", "amount", @"^\d{4,}$")] };

        Assert.Empty(await Check(guardrail, Call("file_read", ("path", "/data/a"))));
        Assert.Equal(["the argument 'path' is not allowed 1"], await Check(guardrail, Call("file_read", ("path", "/etc/passwd"))));
        Assert.Equal(["the argument 'path' is not allowed 1"], await Check(guardrail, Call("file_read")));
        Assert.Equal(["the argument 'path' is not allowed 1"], await Check(guardrail, Call("file_read", ("path", "/data/../etc"))));
        Assert.Equal(["the argument 'q' is not allowed 1"], await Check(guardrail, Call("search", ("q", "%2E%2E%2F"))));
        Assert.Equal(["the argument 'amount' is not allowed 1"], await Check(guardrail, Call("pay", ("amount", 5_000))));
        Assert.Empty(await Check(guardrail, Call("pay", ("amount", 50))));
        Assert.Empty(await Check(guardrail, Call("pay")));
    }

    [Fact]
    public async Task Check_SameCallAgain_IsFoundAtTheFourth()
    {
        ChatMessage[] history = [Said("a", 1), Said("a", 1)];

        Assert.Empty(await Check(new(), Call("a", ("x", 1)), history));
        Assert.Equal(["the same call more than 3 times in a turn 1"], await Check(new(), Call("a", ("x", 1)), [.. history, Said("a", 1)]));
        Assert.Empty(await Check(new(), Call("a", ("x", 2)), [.. history, Said("a", 1)]));
        Assert.Empty(await Check(new() { MaxSameCalls = null }, Call("a", ("x", 1)), [.. history, Said("a", 1)]));
        Assert.Empty(await Check(new() { Repeatable = ["a*"] }, Call("a", ("x", 1)), [.. history, Said("a", 1)]));
        Assert.Empty(await Check(new(), Call("a", ("x", 1)), [.. history, new(ChatRole.User, "again"), Said("a", 1)]));
    }

    [Fact]
    public async Task Check_SameMembersInAnotherOrder_AreTheSameCall()
    {
        ChatMessage[] history = [new(ChatRole.Assistant, [Call("a", ("x", 1), ("y", new Dictionary<string, object?> { ["p"] = 1, ["q"] = null }))])];

        Assert.Equal(
            ["the same call more than 1 times in a turn 1"],
            await Check(new() { MaxSameCalls = 1 }, Call("a", ("y", new Dictionary<string, object?> { ["q"] = null, ["p"] = 1 }), ("x", 1)), history));
    }

    [Fact]
    public async Task Check_TwoCallsInTurns_AreFoundAtTheThirdRound()
    {
        ChatMessage[] history = [Said("a", 1), Said("b", 1), Said("a", 1), Said("b", 1), Said("a", 1)];

        Assert.Equal(["two calls in turns more than 2 times 1"], await Check(new(), Call("b", ("x", 1)), history));
        Assert.Empty(await Check(new(), Call("b", ("x", 1)), history[2..]));
        Assert.Empty(await Check(new() { MaxCycles = null }, Call("b", ("x", 1)), history));
        Assert.Empty(await Check(new(), Call("b", ("x", 1)), [.. history[..3], Said("c", 1), .. history[3..]]));
    }

    [Fact]
    public async Task Check_ManyCalls_AreFoundBeyondTheLimit()
    {
        ChatMessage[] history = [.. Enumerable.Range(0, 50).Select(static number => Said("a", number))];

        Assert.Equal(["more than 50 calls of tools in a turn 1"], await Check(new(), Call("b"), history));
        Assert.Empty(await Check(new(), Call("b"), history[1..]));
        Assert.Empty(await Check(new() { MaxCallsPerTurn = null }, Call("b"), history));
        Assert.Equal(["more than 1 calls of tools in a turn 1"], await Check(new() { MaxCallsPerTurn = 1 }, Call("b"), history[..1]));
    }

    [Fact]
    public void Make_Wrong_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => new ToolGuardrail { MaxCycles = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(static () => new ToolGuardrail { MaxSameCalls = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(static () => new ToolGuardrail { MaxCallsPerTurn = 0 });
        Assert.Throws<ArgumentNullException>(static () => new ToolGuardrail { Denied = null! });
        Assert.Throws<ArgumentException>(static () => new ToolArgumentPattern("", "a", "a"));
        Assert.ThrowsAny<ArgumentException>(static () => new ToolArgumentPattern("a", "a", "("));
        Assert.Equal(("tool", GuardrailStages.ToolCall), (new ToolGuardrail().Name, new ToolGuardrail().Stages));
    }

    private static Task<string[]> Check(ToolGuardrail guardrail, FunctionCallContent call, params ChatMessage[] history) =>
        Verdict.Of(guardrail, new GuardrailRequest(GuardrailStages.ToolCall, [new(ChatRole.Assistant, [call])]) { History = history });

    private static ChatMessage Said(string name, int value) => new(ChatRole.Assistant, [Call(name, ("x", value))]);

    private static FunctionCallContent Call(string name, params (string Name, object? Value)[] arguments) =>
        new(Guid.NewGuid().ToString("N"), name, arguments.ToDictionary(static pair => pair.Name, static pair => pair.Value));
}
