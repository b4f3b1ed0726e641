using System.Globalization;
using Microsoft.Extensions.Logging;

namespace AiObs;

/// <summary>Reads the environment variables of both conventions. They set defaults: configuration and code come after and win.</summary>
internal static class EnvironmentDefaults
{
    private const string LatestGenAI = "gen_ai_latest_experimental";

    private static readonly Variable[] Variables =
    [
        new("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", SetCapture,
            "no content is recorded. Use true, false, NO_CONTENT, SPAN_ONLY, EVENT_ONLY or SPAN_AND_EVENT"),

        // After the capture variable, whose value decides what this one defaults to.
        new("OTEL_INSTRUMENTATION_GENAI_EMIT_EVENT", SetEmitEvent, "its default is used. Use true or false"),
        new("OTEL_SEMCONV_STABILITY_OPT_IN", SetProfile, ""),
        Hide("INPUTS", static privacy => privacy.HideInputs = true),
        Hide("OUTPUTS", static privacy => privacy.HideOutputs = true),
        Hide("INPUT_MESSAGES", static privacy => privacy.HideInputMessages = true),
        Hide("OUTPUT_MESSAGES", static privacy => privacy.HideOutputMessages = true),
        Hide("INPUT_TEXT", static privacy => privacy.HideInputText = true),
        Hide("OUTPUT_TEXT", static privacy => privacy.HideOutputText = true),
        Hide("INPUT_IMAGES", static privacy => privacy.HideInputImages = true),
        Hide("LLM_TOOLS", static privacy => privacy.HideLlmTools = true),
        Hide("LLM_INVOCATION_PARAMETERS", static privacy => privacy.HideLlmInvocationParameters = true),
        Hide("PROMPTS", static privacy => privacy.HidePrompts = true),
        Hide("CHOICES", static privacy => privacy.HideChoices = true),
        Hide("EMBEDDINGS_TEXT", static privacy => privacy.HideEmbeddingsText = true),
        Hide("EMBEDDINGS_VECTORS", static privacy => privacy.HideEmbeddingsVectors = true),

        // The name that the variable above had before.
        Hide("EMBEDDING_VECTORS", static privacy => privacy.HideEmbeddingsVectors = true),
        new("OPENINFERENCE_BASE64_IMAGE_MAX_LENGTH", SetImageMaxLength, "its default is used. Use a number of characters from 0 up"),
    ];

    /// <summary>Sets what the environment says.</summary>
    public static void Apply(AgentObservabilityOptions options, Func<string, string?> read)
    {
        foreach (var variable in Variables)
        {
            variable.Apply(options, read);
        }
    }

    /// <summary>Warns of each variable whose value cannot be read.</summary>
    public static void WarnOfUnreadable(Func<string, string?> read, ILogger logger)
    {
        var scratch = new AgentObservabilityOptions();
        foreach (var variable in Variables)
        {
            if (!variable.Apply(scratch, read))
            {
                logger.EnvironmentUnreadable(variable.Name, variable.Consequence);
            }
        }
    }

    /// <summary>Makes the variable of a <c>Hide…</c> option. A value that cannot be read hides: whoever set the variable wanted something kept back.</summary>
    private static Variable Hide(string what, Action<PrivacyOptions> hide)
    {
        return new($"OPENINFERENCE_HIDE_{what}", Set, "what it names is hidden. Use true or false");

        bool Set(AgentObservabilityOptions options, string value)
        {
            var hides = ReadBoolean(value);
            if (hides ?? true)
            {
                hide(options.Privacy);
            }

            return hides is not null;
        }
    }

    private static bool SetCapture(AgentObservabilityOptions options, string value)
    {
        ContentCapture? capture = value.ToUpperInvariant() switch
        {
            "TRUE" or "1" or "SPAN_ONLY" => ContentCapture.Spans,
            "EVENT_ONLY" => ContentCapture.Events,
            "SPAN_AND_EVENT" => ContentCapture.All,
            "FALSE" or "0" or "NO_CONTENT" => ContentCapture.None,
            _ => null,
        };
        options.CaptureContent = capture ?? ContentCapture.None;
        options.EmitOperationDetails = options.CaptureContent.HasFlag(ContentCapture.Events);
        return capture is not null;
    }

    private static bool SetEmitEvent(AgentObservabilityOptions options, string value)
    {
        var emits = ReadBoolean(value);
        options.EmitOperationDetails = emits ?? options.EmitOperationDetails;
        return emits is not null;
    }

    private static bool SetProfile(AgentObservabilityOptions options, string value)
    {
        if (value.Split(',', StringSplitOptions.TrimEntries).Contains(LatestGenAI, StringComparer.OrdinalIgnoreCase))
        {
            options.GenAIProfile = GenAIProfile.Latest;
        }

        // A list that other libraries read too: what we do not know is theirs.
        return true;
    }

    private static bool SetImageMaxLength(AgentObservabilityOptions options, string value)
    {
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var length))
        {
            return false;
        }

        options.Privacy.Base64ImageMaxLength = length;
        return true;
    }

    private static bool? ReadBoolean(string value) => value.ToUpperInvariant() switch
    {
        "TRUE" or "1" => true,
        "FALSE" or "0" => false,
        _ => null,
    };

    /// <param name="Name">The variable's name.</param>
    /// <param name="TrySet">Sets what the trimmed value says; returns whether it could be read.</param>
    /// <param name="Consequence">What happens when it could not, and what to write instead.</param>
    private sealed record Variable(string Name, Func<AgentObservabilityOptions, string, bool> TrySet, string Consequence)
    {
        /// <summary>Sets what the variable says; an empty one counts as not set.</summary>
        public bool Apply(AgentObservabilityOptions options, Func<string, string?> read) =>
            read(Name)?.Trim() is not { Length: > 0 } value || TrySet(options, value);
    }
}
