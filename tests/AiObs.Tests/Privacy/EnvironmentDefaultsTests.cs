using Microsoft.Extensions.Logging.Testing;

namespace AiObs.Tests.Privacy;

public sealed class EnvironmentDefaultsTests
{
    private const string Capture = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT";
    private const string EmitEvent = "OTEL_INSTRUMENTATION_GENAI_EMIT_EVENT";
    private const string OptIn = "OTEL_SEMCONV_STABILITY_OPT_IN";
    private const string ImageMaxLength = "OPENINFERENCE_BASE64_IMAGE_MAX_LENGTH";

    public static TheoryData<string, string> HideVariables => new()
    {
        { "OPENINFERENCE_HIDE_INPUTS", nameof(PrivacyOptions.HideInputs) },
        { "OPENINFERENCE_HIDE_OUTPUTS", nameof(PrivacyOptions.HideOutputs) },
        { "OPENINFERENCE_HIDE_INPUT_MESSAGES", nameof(PrivacyOptions.HideInputMessages) },
        { "OPENINFERENCE_HIDE_OUTPUT_MESSAGES", nameof(PrivacyOptions.HideOutputMessages) },
        { "OPENINFERENCE_HIDE_INPUT_TEXT", nameof(PrivacyOptions.HideInputText) },
        { "OPENINFERENCE_HIDE_OUTPUT_TEXT", nameof(PrivacyOptions.HideOutputText) },
        { "OPENINFERENCE_HIDE_INPUT_IMAGES", nameof(PrivacyOptions.HideInputImages) },
        { "OPENINFERENCE_HIDE_LLM_TOOLS", nameof(PrivacyOptions.HideLlmTools) },
        { "OPENINFERENCE_HIDE_LLM_INVOCATION_PARAMETERS", nameof(PrivacyOptions.HideLlmInvocationParameters) },
        { "OPENINFERENCE_HIDE_PROMPTS", nameof(PrivacyOptions.HidePrompts) },
        { "OPENINFERENCE_HIDE_CHOICES", nameof(PrivacyOptions.HideChoices) },
        { "OPENINFERENCE_HIDE_EMBEDDINGS_VECTORS", nameof(PrivacyOptions.HideEmbeddingsVectors) },
        { "OPENINFERENCE_HIDE_EMBEDDING_VECTORS", nameof(PrivacyOptions.HideEmbeddingsVectors) },
        { "OPENINFERENCE_HIDE_EMBEDDINGS_TEXT", nameof(PrivacyOptions.HideEmbeddingsText) },
    };

    [Theory]
    [MemberData(nameof(HideVariables))]
    public void Apply_HideVariable_SetsItsOptionAlone(string variable, string option) =>
        Assert.Equal([option], HiddenBy((variable, "true")));

    [Theory]
    [MemberData(nameof(HideVariables))]
    public void Apply_UnreadableHideVariable_HidesAndWarnsOnce(string variable, string option)
    {
        Assert.Equal([option], HiddenBy((variable, "yes")));

        var warning = Assert.Single(WarningsOf((variable, "yes")));
        Assert.Equal($"Environment variable {variable} has a value that cannot be read; what it names is hidden. Use true or false", warning);
    }

    [Fact]
    public void HidesAnything_AnyHideOption_IsTrue()
    {
        Assert.False(new PrivacyOptions().HidesAnything);
        Assert.All(HideVariables, static row => Assert.True(Apply((row.Data.Item1, "true")).Privacy.HidesAnything));
    }

    [Theory]
    [InlineData("TRUE")]
    [InlineData(" true ")]
    [InlineData("1")]
    public void Apply_HideVariableOn_Hides(string value) => Assert.True(Apply(("OPENINFERENCE_HIDE_INPUTS", value)).Privacy.HideInputs);

    [Theory]
    [InlineData("false")]
    [InlineData("False")]
    [InlineData("0")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(null)]
    public void Apply_HideVariableOff_HidesNothing(string? value)
    {
        Assert.Empty(HiddenBy(("OPENINFERENCE_HIDE_INPUTS", value)));
        Assert.Empty(WarningsOf(("OPENINFERENCE_HIDE_INPUTS", value)));
    }

    [Theory]
    [InlineData("true", ContentCapture.Spans)]
    [InlineData("True", ContentCapture.Spans)]
    [InlineData("1", ContentCapture.Spans)]
    [InlineData("SPAN_ONLY", ContentCapture.Spans)]
    [InlineData("event_only", ContentCapture.Events)]
    [InlineData(" span_and_event ", ContentCapture.All)]
    [InlineData("NO_CONTENT", ContentCapture.None)]
    [InlineData("false", ContentCapture.None)]
    [InlineData("0", ContentCapture.None)]
    [InlineData("", ContentCapture.None)]
    [InlineData(null, ContentCapture.None)]
    public void Apply_CaptureVariable_SetsWhereContentGoes(string? value, ContentCapture expected)
    {
        Assert.Equal(expected, Apply((Capture, value)).CaptureContent);
        Assert.Empty(WarningsOf((Capture, value)));
    }

    [Fact]
    public void Apply_UnreadableCaptureVariable_RecordsNothingAndWarnsOnce()
    {
        Assert.Equal(ContentCapture.None, Apply((Capture, "spans")).CaptureContent);

        Assert.StartsWith(
            $"Environment variable {Capture} has a value that cannot be read; no content is recorded.",
            Assert.Single(WarningsOf((Capture, "spans"))),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, false)]
    [InlineData("SPAN_ONLY", null, false)]
    [InlineData("EVENT_ONLY", null, true)]
    [InlineData("SPAN_AND_EVENT", null, true)]
    [InlineData("SPAN_AND_EVENT", "false", false)]
    [InlineData("SPAN_AND_EVENT", "", true)]
    [InlineData("SPAN_AND_EVENT", "perhaps", true)]
    [InlineData(null, "true", true)]
    [InlineData(null, "perhaps", false)]
    public void Apply_EmitEventVariable_DefaultsToWhetherEventsHoldContent(string? capture, string? emit, bool expected) =>
        Assert.Equal(expected, Apply((Capture, capture), (EmitEvent, emit)).EmitOperationDetails);

    [Fact]
    public void Apply_UnreadableEmitEventVariable_WarnsOnce() => Assert.Single(WarningsOf((EmitEvent, "perhaps")));

    [Theory]
    [InlineData(null, GenAIProfile.V1_41)]
    [InlineData("http,database", GenAIProfile.V1_41)]
    [InlineData("gen_ai_latest_experimental", GenAIProfile.Latest)]
    [InlineData("http, gen_ai_latest_experimental ,database", GenAIProfile.Latest)]
    public void Apply_StabilityOptIn_ChoosesTheProfile(string? value, GenAIProfile expected)
    {
        Assert.Equal(expected, Apply((OptIn, value)).GenAIProfile);
        Assert.Empty(WarningsOf((OptIn, value)));
    }

    [Theory]
    [InlineData("100", 100, 0)]
    [InlineData(" 0 ", 0, 0)]
    [InlineData("", 32_000, 0)]
    [InlineData("-1", 32_000, 1)]
    [InlineData("many", 32_000, 1)]
    [InlineData("1.5", 32_000, 1)]
    public void Apply_ImageMaxLength_SetsTheLimitOrWarns(string value, int expected, int warnings)
    {
        Assert.Equal(expected, Apply((ImageMaxLength, value)).Privacy.Base64ImageMaxLength);
        Assert.Equal(warnings, WarningsOf((ImageMaxLength, value)).Count);
    }

    [Fact]
    public void Apply_EmptyEnvironment_ChangesNothing()
    {
        var options = Apply();

        Assert.Equal(new AgentObservabilityOptions().CaptureContent, options.CaptureContent);
        Assert.Empty(HiddenBy());
        Assert.Empty(WarningsOf());
    }

    private static AgentObservabilityOptions Apply(params (string Name, string? Value)[] variables)
    {
        var options = new AgentObservabilityOptions();
        EnvironmentDefaults.Apply(options, Reader(variables));
        return options;
    }

    private static IEnumerable<string> HiddenBy(params (string Name, string? Value)[] variables)
    {
        var privacy = Apply(variables).Privacy;
        return typeof(PrivacyOptions).GetProperties()
            .Where(property => property.PropertyType == typeof(bool) && (bool)property.GetValue(privacy)!)
            .Select(static property => property.Name);
    }

    private static IReadOnlyList<string> WarningsOf(params (string Name, string? Value)[] variables)
    {
        var logs = new FakeLogCollector();
        EnvironmentDefaults.WarnOfUnreadable(Reader(variables), new FakeLogger(logs, "AiObs"));
        return [.. logs.GetSnapshot().Select(static log => log.Message)];
    }

    private static Func<string, string?> Reader((string Name, string? Value)[] variables) =>
        name => variables.FirstOrDefault(variable => variable.Name == name).Value;
}
