using AiObs.TestSupport;

namespace AiObs.OpenTelemetry.Tests.Bridge.Content.Guarding;

/// <summary>The limits of length hold on spans of others too, where nothing is hidden or redacted.</summary>
public sealed class LimitTests
{
    private static readonly string Long = new('x', 5_000);

    [Fact]
    public void Apply_LongContent_IsCutWhereItStands()
    {
        var span = Guard.Run(
            ForeignSpans.With(
                ("gen_ai.tool.call.result", Long),
                ("gen_ai.tool.call.arguments", $$"""{"text":"{{Long}}"}"""),
                ("gen_ai.input.messages", $$"""[{"role":"user","parts":[{"type":"text","content":"{{Long}}"}]}]"""),
                ("output.value", "short"),
                ("my.option", Long)),
            options => options.MaxContentLength = 16);

        SpanAssert.Attributes(
            new()
            {
                ["gen_ai.tool.call.result"] = $"{Long[..16]}… [truncated, 5000 characters in all]",
                ["gen_ai.tool.call.arguments"] = """{"truncated":"{\"text\":\"xxxxxxx","length":5011}""",
                ["gen_ai.input.messages"] = $$"""[{"role":"user","parts":[{"type":"text","content":"{{Long[..16]}}… [truncated, 5000 characters in all]"}]}]""",
                ["output.value"] = "short",
                ["my.option"] = Long,
            },
            span);
    }

    [Fact]
    public void Apply_LargeImage_LosesItsBytes()
    {
        var span = Guard.Run(
            ForeignSpans.With((
                "gen_ai.input.messages",
                $$"""[{"role":"user","parts":[{"type":"blob","modality":"image","mime_type":"image/png","content":"{{Long[..4_000]}}"}]}]""")),
            options => options.Base64ImageMaxLength = 0);

        Assert.DoesNotContain("xxx", (string)span.GetTagItem("gen_ai.input.messages")!, StringComparison.Ordinal);
        Assert.Contains("__REDACTED__", (string)span.GetTagItem("gen_ai.input.messages")!, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_MessagesWithoutParts_GetThem()
    {
        var span = Guard.Run(ForeignSpans.With(("gen_ai.input.messages", """[{"role":"user","content":"hi"}]""")), static _ => { });

        Assert.Equal("""[{"role":"user","parts":[{"type":"text","content":"hi"}]}]""", span.GetTagItem("gen_ai.input.messages"));
    }

    [Fact]
    public void Apply_MessagesThatCannotBeRead_StayAsTheyWroteThem()
    {
        const string theirs = """[{"role":"user","content":""";

        var span = Guard.Run(ForeignSpans.With(("gen_ai.input.messages", theirs)), static _ => { });

        Assert.Same(theirs, span.GetTagItem("gen_ai.input.messages"));
    }

    [Fact]
    public void Apply_ContentWithinTheLimits_StaysAsTheyWroteIt()
    {
        const string theirs = """[ {"role":"user", "parts":[{"type":"text", "content":"hi"}]} ]""";

        var span = Guard.Run(ForeignSpans.With(("gen_ai.input.messages", theirs)), static _ => { });

        Assert.Same(theirs, span.GetTagItem("gen_ai.input.messages"));
    }
}
