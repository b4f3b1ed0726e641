using AiObs.TestSupport;

namespace AiObs.Tests.Privacy;

/// <summary>Each flag alone, against all attributes of a call that has everything.</summary>
public sealed class HideFlagTests
{
    private const string Redacted = "__REDACTED__";

    [Fact]
    public Task Attributes_NothingHidden_AreAllThere() => AssertAsync(static _ => { }, static _ => { });

    [Fact]
    public Task Attributes_HideInputs_LoseInstructionsMessagesToolsAndInput() => AssertAsync(
        static privacy => privacy.HideInputs = true,
        static attributes =>
        {
            Remove(attributes, "gen_ai.system_instructions", "gen_ai.input.messages", "gen_ai.tool.definitions", "llm.input_messages.", "llm.tools.");
            Remove(attributes, "input.mime_type");
            attributes["input.value"] = Redacted;
            attributes["aiobs.request.user_tier"] = Redacted;
        });

    [Fact]
    public Task Attributes_HideOutputs_LoseMessagesAndOutput() => AssertAsync(
        static privacy => privacy.HideOutputs = true,
        static attributes =>
        {
            Remove(attributes, "gen_ai.output.messages", "llm.output_messages.", "output.mime_type");
            attributes["output.value"] = Redacted;
        });

    [Fact]
    public Task Attributes_HideInputMessages_LoseInstructionsAndMessages() => AssertAsync(
        static privacy => privacy.HideInputMessages = true,
        static attributes =>
        {
            Remove(attributes, "gen_ai.system_instructions", "gen_ai.input.messages", "llm.input_messages.", "input.mime_type");
            attributes["input.value"] = Redacted;
        });

    [Fact]
    public Task Attributes_HideOutputMessages_LoseMessages() => AssertAsync(
        static privacy => privacy.HideOutputMessages = true,
        static attributes =>
        {
            Remove(attributes, "gen_ai.output.messages", "llm.output_messages.", "output.mime_type");
            attributes["output.value"] = Redacted;
        });

    [Fact]
    public Task Attributes_HideInputText_HaveThePlaceholderForTextAndResults() => AssertAsync(
        static privacy => privacy.HideInputText = true,
        static attributes =>
        {
            Replace(attributes, "input", "What is on it?", "I look.", "a cat");
            ReplaceIn(attributes, "input.value", "\"Be brief.\"", "\"__REDACTED__\"");
            attributes["gen_ai.system_instructions"] = """[{"type":"text","content":"__REDACTED__"}]""";
            attributes["llm.input_messages.0.message.content"] = Redacted;
        });

    [Fact]
    public Task Attributes_HideOutputText_HaveThePlaceholderForTextAndReasoning() => AssertAsync(
        static privacy => privacy.HideOutputText = true,
        static attributes => Replace(attributes, "output", "It purrs.", "A cat."));

    [Fact]
    public Task Attributes_HideInputImages_LoseTheImagesAlone() => AssertAsync(
        static privacy => privacy.HideInputImages = true,
        static attributes =>
        {
            Remove(attributes, "llm.input_messages.1.message.contents.1.message_content.image.");
            const string Blob = """{"type":"blob","modality":"image","mime_type":"image/png","content":"AQIDBA=="}""";
            const string Hidden = """{"type":"uri","modality":"image","mime_type":"image/png","uri":"__REDACTED__"}""";
            ReplaceIn(attributes, "gen_ai.input.messages", Blob, Hidden);
            ReplaceIn(attributes, "input.value", Blob, Hidden);
        });

    [Fact]
    public Task Attributes_ImageOverTheLimit_HaveThePlaceholder() => AssertAsync(
        static privacy => privacy.Base64ImageMaxLength = "data:image/png;base64,AQIDBA==".Length - 1,
        static attributes =>
        {
            attributes["llm.input_messages.1.message.contents.1.message_content.image.image.url"] = Redacted;
            ReplaceIn(attributes, "gen_ai.input.messages", "\"AQIDBA==\"", "\"__REDACTED__\"");
            ReplaceIn(attributes, "input.value", "\"AQIDBA==\"", "\"__REDACTED__\"");
        });

    [Fact]
    public Task Attributes_ImageAsLongAsTheLimit_AreAllThere() => AssertAsync(
        static privacy => privacy.Base64ImageMaxLength = "data:image/png;base64,AQIDBA==".Length,
        static _ => { });

    [Fact]
    public Task Attributes_HideLlmTools_LoseTheDefinitionsAlone() => AssertAsync(
        static privacy => privacy.HideLlmTools = true,
        static attributes => Remove(attributes, "gen_ai.tool.definitions", "llm.tools."));

    [Fact]
    public Task Attributes_HideLlmInvocationParameters_LoseTheParametersInBothConventions() => AssertAsync(
        static privacy => privacy.HideLlmInvocationParameters = true,
        static attributes => Remove(
            attributes, "llm.invocation_parameters", "gen_ai.request.temperature", "gen_ai.request.stop_sequences", "aiobs.request.user_tier"));

    [Fact]
    public Task Attributes_HidePrompts_AreAllThereBecauseAChatHasMessages() => AssertAsync(
        static privacy => privacy.HidePrompts = true, static _ => { });

    [Fact]
    public Task Attributes_HideChoices_AreAllThereBecauseAChatHasMessages() => AssertAsync(
        static privacy => privacy.HideChoices = true, static _ => { });

    [Fact]
    public Task Attributes_HideEmbeddings_AreAllThereBecauseAChatHasNone() => AssertAsync(
        static privacy => (privacy.HideEmbeddingsText, privacy.HideEmbeddingsVectors) = (true, true), static _ => { });

    private static async Task AssertAsync(Action<PrivacyOptions> configure, Action<Dictionary<string, object?>> change)
    {
        var expected = FullChat.Attributes();
        change(expected);

        SpanAssert.Attributes(expected, await FullChat.CallAsync(configure));
    }

    private static void Remove(Dictionary<string, object?> attributes, params string[] prefixes)
    {
        foreach (var prefix in prefixes)
        {
            var keys = attributes.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).ToList();
            Assert.NotEmpty(keys);
            keys.ForEach(key => attributes.Remove(key));
        }
    }

    /// <summary>Puts the placeholder in the place of the given texts, in the JSON as well as in the flattened attributes of one side.</summary>
    private static void Replace(Dictionary<string, object?> attributes, string side, params string[] texts)
    {
        foreach (var text in texts)
        {
            ReplaceIn(attributes, $"gen_ai.{side}.messages", $"\"{text}\"", $"\"{Redacted}\"");
            ReplaceIn(attributes, $"{side}.value", $"\"{text}\"", $"\"{Redacted}\"");
            attributes[attributes.Single(pair => pair.Key.StartsWith("llm.", StringComparison.Ordinal) && text.Equals(pair.Value)).Key] = Redacted;
        }
    }

    private static void ReplaceIn(Dictionary<string, object?> attributes, string key, string old, string replacement)
    {
        var before = (string)attributes[key]!;
        attributes[key] = before.Replace(old, replacement, StringComparison.Ordinal);
        Assert.NotEqual(before, attributes[key]);
    }
}
