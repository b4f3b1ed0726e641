using System.Globalization;
using Microsoft.Extensions.Logging;

namespace AiObs.Privacy;

/// <summary>Reads the environment variables of both conventions. They set defaults: configuration and code come after and win.</summary>
internal static class EnvironmentDefaults
{
    private const string CaptureContent = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT";
    private const string EmitEvent = "OTEL_INSTRUMENTATION_GENAI_EMIT_EVENT";
    private const string StabilityOptIn = "OTEL_SEMCONV_STABILITY_OPT_IN";
    private const string LatestGenAI = "gen_ai_latest_experimental";
    private const string ImageMaxLength = "OPENINFERENCE_BASE64_IMAGE_MAX_LENGTH";

    private static readonly (string Variable, Action<PrivacyOptions, bool> Set)[] HideFlags =
    [
        ("OPENINFERENCE_HIDE_INPUTS", static (options, value) => options.HideInputs |= value),
        ("OPENINFERENCE_HIDE_OUTPUTS", static (options, value) => options.HideOutputs |= value),
        ("OPENINFERENCE_HIDE_INPUT_MESSAGES", static (options, value) => options.HideInputMessages |= value),
        ("OPENINFERENCE_HIDE_OUTPUT_MESSAGES", static (options, value) => options.HideOutputMessages |= value),
        ("OPENINFERENCE_HIDE_INPUT_TEXT", static (options, value) => options.HideInputText |= value),
        ("OPENINFERENCE_HIDE_OUTPUT_TEXT", static (options, value) => options.HideOutputText |= value),
        ("OPENINFERENCE_HIDE_INPUT_IMAGES", static (options, value) => options.HideInputImages |= value),
        ("OPENINFERENCE_HIDE_LLM_TOOLS", static (options, value) => options.HideLlmTools |= value),
        ("OPENINFERENCE_HIDE_LLM_INVOCATION_PARAMETERS", static (options, value) => options.HideLlmInvocationParameters |= value),
        ("OPENINFERENCE_HIDE_PROMPTS", static (options, value) => options.HidePrompts |= value),
        ("OPENINFERENCE_HIDE_CHOICES", static (options, value) => options.HideChoices |= value),
        ("OPENINFERENCE_HIDE_EMBEDDINGS_VECTORS", static (options, value) => options.HideEmbeddingsVectors |= value),
        ("OPENINFERENCE_HIDE_EMBEDDING_VECTORS", static (options, value) => options.HideEmbeddingsVectors |= value),
        ("OPENINFERENCE_HIDE_EMBEDDINGS_TEXT", static (options, value) => options.HideEmbeddingsText |= value),
    ];

    public static void Apply(AgentObservabilityOptions options, Func<string, string?> read)
    {
        var capture = ReadCapture(read(CaptureContent));
        options.CaptureContent = capture ?? ContentCapture.None;
        options.EmitOperationDetails = ReadBoolean(read(EmitEvent))
            ?? options.CaptureContent.HasFlag(ContentCapture.Events);
        if (read(StabilityOptIn) is { } optIn && optIn.Split(',').Any(static word => word.Trim() == LatestGenAI))
        {
            options.GenAIProfile = GenAIProfile.Latest;
        }

        foreach (var (variable, set) in HideFlags)
        {
            // A value that cannot be read hides: whoever set the variable wanted something kept back.
            set(options.Privacy, ReadBoolean(read(variable)) ?? read(variable) is not null);
        }

        if (ReadLength(read(ImageMaxLength)) is { } length)
        {
            options.Privacy.Base64ImageMaxLength = length;
        }
    }

    public static void WarnOfUnreadable(Func<string, string?> read, ILogger logger)
    {
        if (read(CaptureContent) is { } capture && ReadCapture(capture) is null)
        {
            logger.EnvironmentUnreadable(CaptureContent, "no content is recorded. Use true, false, NO_CONTENT, SPAN_ONLY, EVENT_ONLY or SPAN_AND_EVENT");
        }

        if (read(EmitEvent) is { } emit && ReadBoolean(emit) is null)
        {
            logger.EnvironmentUnreadable(EmitEvent, "its default is used. Use true or false");
        }

        foreach (var (variable, _) in HideFlags)
        {
            if (read(variable) is { } flag && ReadBoolean(flag) is null)
            {
                logger.EnvironmentUnreadable(variable, "what it names is hidden. Use true or false");
            }
        }

        if (read(ImageMaxLength) is { } length && ReadLength(length) is null)
        {
            logger.EnvironmentUnreadable(ImageMaxLength, "its default is used. Use a number of characters from 0 up");
        }
    }

    private static ContentCapture? ReadCapture(string? value) => value?.Trim().ToUpperInvariant() switch
    {
        null or "" or "FALSE" or "0" or "NO_CONTENT" => ContentCapture.None,
        "TRUE" or "1" or "SPAN_ONLY" => ContentCapture.Spans,
        "EVENT_ONLY" => ContentCapture.Events,
        "SPAN_AND_EVENT" => ContentCapture.All,
        _ => null,
    };

    private static bool? ReadBoolean(string? value) => value?.Trim().ToUpperInvariant() switch
    {
        "TRUE" or "1" => true,
        "FALSE" or "0" or "" => false,
        _ => null,
    };

    private static int? ReadLength(string? value) =>
        int.TryParse(value?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : null;
}
