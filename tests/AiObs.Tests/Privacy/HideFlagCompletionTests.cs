using AiObs.Tests.Tracing;
using AiObs.TestSupport;
using AiObs.Tracing;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Privacy;

/// <summary>Text completions, which have prompts and choices: each flag that concerns them, against all attributes.</summary>
public sealed class HideFlagCompletionTests
{
    private const string Prompts = """[{"role":"user","parts":[{"type":"text","content":"Once"}]},{"role":"user","parts":[{"type":"text","content":"Twice"}]}]""";
    private const string HiddenPrompts =
        """[{"role":"user","parts":[{"type":"text","content":"__REDACTED__"}]},{"role":"user","parts":[{"type":"text","content":"__REDACTED__"}]}]""";

    [Fact]
    public void Attributes_NothingHidden_HavePromptsAndChoices() => AssertSpan(
        static _ => { },
        new()
        {
            ["gen_ai.input.messages"] = Prompts,
            ["gen_ai.output.messages"] = Choice("upon"),
            ["input.value"] = Prompts,
            ["input.mime_type"] = "application/json",
            ["output.value"] = "upon",
            ["output.mime_type"] = "text/plain",
            ["llm.prompts.0.prompt.text"] = "Once",
            ["llm.prompts.1.prompt.text"] = "Twice",
            ["llm.choices.0.completion.text"] = "upon",
        });

    [Fact]
    public void Attributes_HidePrompts_HaveThePlaceholderForEachPrompt() => AssertSpan(
        static privacy => privacy.HidePrompts = true,
        new()
        {
            ["gen_ai.input.messages"] = HiddenPrompts,
            ["gen_ai.output.messages"] = Choice("upon"),
            ["input.value"] = HiddenPrompts,
            ["input.mime_type"] = "application/json",
            ["output.value"] = "upon",
            ["output.mime_type"] = "text/plain",
            ["llm.prompts.0.prompt.text"] = "__REDACTED__",
            ["llm.prompts.1.prompt.text"] = "__REDACTED__",
            ["llm.choices.0.completion.text"] = "upon",
        });

    [Fact]
    public void Attributes_HideChoices_HaveThePlaceholderForEachChoice() => AssertSpan(
        static privacy => privacy.HideChoices = true,
        new()
        {
            ["gen_ai.input.messages"] = Prompts,
            ["gen_ai.output.messages"] = Choice("__REDACTED__"),
            ["input.value"] = Prompts,
            ["input.mime_type"] = "application/json",
            ["output.value"] = "__REDACTED__",
            ["output.mime_type"] = "text/plain",
            ["llm.prompts.0.prompt.text"] = "Once",
            ["llm.prompts.1.prompt.text"] = "Twice",
            ["llm.choices.0.completion.text"] = "__REDACTED__",
        });

    [Fact]
    public void Attributes_HideInputs_HaveOnePlaceholderForAllPrompts() => AssertSpan(
        static privacy => privacy.HideInputs = true,
        new()
        {
            ["gen_ai.output.messages"] = Choice("upon"),
            ["input.value"] = "__REDACTED__",
            ["output.value"] = "upon",
            ["output.mime_type"] = "text/plain",
            ["llm.prompts.0.prompt.text"] = "__REDACTED__",
            ["llm.choices.0.completion.text"] = "upon",
        });

    [Fact]
    public void Attributes_HideOutputs_HaveOnePlaceholderForAllChoices() => AssertSpan(
        static privacy => privacy.HideOutputs = true,
        new()
        {
            ["gen_ai.input.messages"] = Prompts,
            ["input.value"] = Prompts,
            ["input.mime_type"] = "application/json",
            ["output.value"] = "__REDACTED__",
            ["llm.prompts.0.prompt.text"] = "Once",
            ["llm.prompts.1.prompt.text"] = "Twice",
            ["llm.choices.0.completion.text"] = "__REDACTED__",
        });

    private static string Choice(string text) =>
        $$"""[{"role":"assistant","parts":[{"type":"text","content":"{{text}}"}],"finish_reason":"unknown"}]""";

    private static void AssertSpan(Action<PrivacyOptions> configure, Dictionary<string, object?> content)
    {
        using var fixture = new TracerFixture(options => configure(options.Privacy));

        fixture.Tracer.TraceLlm(
            "m",
            new LlmStart { Messages = [new(ChatRole.User, "Once"), new(ChatRole.User, "Twice")], IsTextCompletion = true },
            static _ => "upon");

        SpanAssert.Attributes(
            new(content)
            {
                ["openinference.span.kind"] = "LLM",
                ["llm.model_name"] = "m",
                ["llm.request.model_name"] = "m",
                ["gen_ai.operation.name"] = "text_completion",
                ["gen_ai.request.model"] = "m",
            },
            fixture.Spans.Only());
    }
}
