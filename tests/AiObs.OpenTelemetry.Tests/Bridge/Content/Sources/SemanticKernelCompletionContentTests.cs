using System.Diagnostics;

namespace AiObs.OpenTelemetry.Tests.Bridge.Content.Sources;

/// <summary>A text completion of Semantic Kernel: the raw prompt in an activity event.</summary>
public sealed class SemanticKernelCompletionContentTests : SourceContentTest
{
    protected override Dictionary<string, object?> Facts => new()
    {
        ["gen_ai.operation.name"] = "text_completion",
        ["gen_ai.provider.name"] = "huggingface",
        ["gen_ai.request.model"] = "m",
        ["gen_ai.response.finish_reasons"] = (string[])["stop"],
        ["gen_ai.system"] = "huggingface",
        ["llm.finish_reason"] = "stop",
        ["llm.model_name"] = "m",
        ["llm.provider"] = "huggingface",
        ["llm.request.model_name"] = "m",
        ["llm.system"] = "huggingface",
        ["openinference.span.kind"] = "LLM",
    };

    protected override Dictionary<string, object?> Theirs => [];

    protected override Dictionary<string, object?> Ours => new()
    {
        ["gen_ai.input.messages"] = """[{"role":"user","parts":[{"type":"text","content":"[INST] Mail a@example.com"}]}]""",
        ["gen_ai.output.messages"] = """[{"role":"assistant","parts":[{"type":"text","content":"Told a@example.com"}],"finish_reason":"stop"}]""",
        ["input.mime_type"] = "application/json",
        ["input.value"] = """[{"role":"user","parts":[{"type":"text","content":"[INST] Mail a@example.com"}]}]""",
        ["llm.choices.0.completion.text"] = "Told a@example.com",
        ["llm.prompts.0.prompt.text"] = "[INST] Mail a@example.com",
        ["output.mime_type"] = "text/plain",
        ["output.value"] = "Told a@example.com",
    };

    protected override Dictionary<string, object?> Hidden => new()
    {
        ["gen_ai.input.messages"] = """[{"role":"user","parts":[{"type":"text","content":"__REDACTED__"}]}]""",
        ["input.value"] = """[{"role":"user","parts":[{"type":"text","content":"__REDACTED__"}]}]""",
        ["llm.prompts.0.prompt.text"] = "__REDACTED__",
    };

    protected override Dictionary<string, object?> Redacted => new()
    {
        ["aiobs.redaction.email"] = 2L,
        ["gen_ai.input.messages"] = """[{"role":"user","parts":[{"type":"text","content":"[INST] Mail [EMAIL]"}]}]""",
        ["gen_ai.output.messages"] = """[{"role":"assistant","parts":[{"type":"text","content":"Told [EMAIL]"}],"finish_reason":"stop"}]""",
        ["input.value"] = """[{"role":"user","parts":[{"type":"text","content":"[INST] Mail [EMAIL]"}]}]""",
        ["llm.choices.0.completion.text"] = "Told [EMAIL]",
        ["llm.prompts.0.prompt.text"] = "[INST] Mail [EMAIL]",
        ["output.value"] = "Told [EMAIL]",
    };

    protected override (string[] Plain, string[] Hidden, string[] Redacted) Bodies =>
    (
        ["gen_ai.user.message [INST] Mail a@example.com", """gen_ai.choice {"index":0,"message":"Told a@example.com"}"""],
        ["gen_ai.user.message __REDACTED__", """gen_ai.choice {"index":0,"message":"Told a@example.com"}"""],
        ["gen_ai.user.message [INST] Mail [EMAIL]", """gen_ai.choice {"index":0,"message":"Told [EMAIL]"}"""]
    );

    private protected override Activity Write(BridgeScene scene) => WithBodies(scene.Start(
        "Microsoft.SemanticKernel.Diagnostics",
        "text_completion m",
        ActivityKind.Client,
        new("gen_ai.operation.name", "text_completion"),
        new("gen_ai.system", "huggingface"),
        new("gen_ai.request.model", "m"),
        new("gen_ai.response.finish_reasons", (string[])["stop"])));
}
