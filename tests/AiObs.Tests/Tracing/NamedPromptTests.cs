using System.Diagnostics;
using AiObs.TestSupport;
using AiObs.Tracing;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Tracing;

/// <summary>Traced model calls whose messages were made of a named template, or stand for a longer conversation.</summary>
public sealed class NamedPromptTests
{
    private static LlmStart Start => new()
    {
        Messages = [new(ChatRole.User, "Hi Ann")],
        PromptName = "greeting",
        PromptVersion = "7",
        PromptVariables = new Dictionary<string, object?> { ["who"] = "Ann", ["times"] = 2, ["nobody"] = null },
        IsCompacted = true,
    };

    [Theory]
    [InlineData(GenAIProfile.V1_41)]
    [InlineData(GenAIProfile.Latest)]
    public void TraceLlm_NamedPrompt_HasNameVersionAndVariables(GenAIProfile profile)
    {
        var tags = PromptTags(Trace(Start, o => o.GenAIProfile = profile));

        SpanAssert.Attributes(
            new()
            {
                ["gen_ai.prompt.name"] = "greeting",
                ["gen_ai.prompt.version"] = "7",
                ["gen_ai.prompt.variable.who"] = "Ann",
                ["gen_ai.prompt.variable.times"] = "2",
                ["gen_ai.conversation.compacted"] = true,
            },
            tags);
    }

    [Fact]
    public void TraceLlm_ContentOff_HasNoVariables() => CheckWithoutVariables(o => o.CaptureContent = ContentCapture.None);

    [Fact]
    public void TraceLlm_InputsHidden_HasNoVariables() => CheckWithoutVariables(o => o.Privacy.HideInputs = true);

    [Fact]
    public void TraceLlm_InputTextHidden_HasNoVariables() => CheckWithoutVariables(o => o.Privacy.HideInputText = true);

    [Fact]
    public void TraceLlm_Variables_PassRedaction()
    {
        var span = Trace(Start, o => o.Privacy.RedactText = (place, text) => place.Key == "who" ? "[WHO]" : text);

        Assert.Equal("[WHO]", span.GetTagItem("gen_ai.prompt.variable.who"));
    }

    [Fact]
    public void TraceLlm_ManyVariables_HasTheFirst()
    {
        var variables = Enumerable.Range(0, 40).ToDictionary(static i => $"v{i}", static object? (i) => i);

        var span = Trace(Start with { PromptVariables = variables }, _ => { });

        Assert.Equal(32, span.TagObjects.Count(static tag => tag.Key.StartsWith("gen_ai.prompt.variable.", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void TraceLlm_NoPromptName_HasNothingOfThePrompt(string? name) =>
        Assert.Empty(PromptTags(Trace(Start with { PromptName = name, IsCompacted = false }, _ => { })));

    private static void CheckWithoutVariables(Action<AgentObservabilityOptions> configure) => SpanAssert.Attributes(
        new() { ["gen_ai.prompt.name"] = "greeting", ["gen_ai.prompt.version"] = "7", ["gen_ai.conversation.compacted"] = true },
        PromptTags(Trace(Start, configure)));

    private static Activity Trace(LlmStart start, Action<AgentObservabilityOptions> configure)
    {
        using var fixture = new TracerFixture(configure);
        fixture.Tracer.TraceLlm("model", start, _ => "Hello.");
        return fixture.Spans.Only();
    }

    private static List<KeyValuePair<string, object?>> PromptTags(Activity span) =>
        [.. span.TagObjects.Where(static tag => tag.Key.StartsWith("gen_ai.prompt.", StringComparison.Ordinal) || tag.Key == "gen_ai.conversation.compacted")];
}
