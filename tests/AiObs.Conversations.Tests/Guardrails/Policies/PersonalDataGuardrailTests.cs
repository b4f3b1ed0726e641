using AiObs.Guardrails;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Tests.Guardrails.Policies;

public sealed class PersonalDataGuardrailTests
{
    [Theory]
    [InlineData("Write to ada@example.com.", "email 1 0:ada@example.com")]
    [InlineData("ada@exa\u200Bmple.com", "email 1 0:ada@exa\u200Bmple.com")]
    [InlineData("ａｄａ@example.com", "email 1 0:ａｄａ@example.com")]
    [InlineData("Nothing here.", null)]
    public async Task Check_Text_FindsTheRuleAtItsPlace(string text, string? expected) => Assert.Equal(expected is null ? [] : [expected], await Verdict.Of(new PersonalDataGuardrail(), text));

    [Fact]
    public async Task Check_Encoded_FindsTheGroupsThatHoldIt()
    {
        var encoded = Convert.ToBase64String("mail ada@example.com now"u8);

        Assert.Equal([$"email 1 0:{encoded[4..28]}"], await Verdict.Of(new PersonalDataGuardrail(), $"see {encoded} ok"));
        Assert.Equal(["email 1 0:ada%40example.com"], await Verdict.Of(new PersonalDataGuardrail(), "see ada%40example.com"));
    }

    [Fact]
    public async Task Check_Rules_AreTheOnesChosen()
    {
        const string Text = "ada@example.com from 192.168.0.1";

        Assert.Equal(["email 1 0:ada@example.com", "ip_address 1 0:192.168.0.1"], await Verdict.Of(new PersonalDataGuardrail(), Text));
        Assert.Equal(["ip_address 1 0:192.168.0.1"], await Verdict.Of(new PersonalDataGuardrail { Rules = RedactionRules.IpAddress }, Text));
    }

    [Fact]
    public async Task Check_ArgumentNamedAsAKey_IsAHitWhateverItLooksLike()
    {
        var call = new FunctionCallContent("1", "login", new Dictionary<string, object?> { ["api_key"] = "abc", ["city"] = "Rome" });

        Assert.Equal(["api_key 1 0:abc"], await Verdict.Of(new PersonalDataGuardrail(), new GuardrailRequest(GuardrailStages.ToolCall, [new(ChatRole.Assistant, [call])])));
        Assert.Empty(await Verdict.Of(new PersonalDataGuardrail { Rules = RedactionRules.Email }, new GuardrailRequest(GuardrailStages.ToolCall, [new(ChatRole.Assistant, [call])])));
    }

    [Fact]
    public async Task Check_Cancelled_Throws() =>
        await Assert.ThrowsAsync<OperationCanceledException>(static () => new PersonalDataGuardrail().CheckAsync(Verdict.Input("a"), new(canceled: true)).AsTask());

    [Fact]
    public void Make_Wrong_Throws()
    {
        Assert.Throws<ArgumentException>(static () => new PersonalDataGuardrail { Rules = RedactionRules.None });
        Assert.Throws<ArgumentException>(static () => new PersonalDataGuardrail { Rules = (RedactionRules)1_024 });
        Assert.Throws<ArgumentException>(static () => new PersonalDataGuardrail { Name = "" });
        Assert.Equal(
            ("data", GuardrailStages.All, true, 512), (new PersonalDataGuardrail { Name = "data" }.Name, new PersonalDataGuardrail().Stages, new PersonalDataGuardrail().CanRedact, new PersonalDataGuardrail().LongestMatch));
    }
}
