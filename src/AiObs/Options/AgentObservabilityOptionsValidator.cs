using Microsoft.Extensions.Options;

namespace AiObs;

/// <summary>Says of wrong options what is wrong, where, and what to do.</summary>
internal sealed class AgentObservabilityOptionsValidator : IValidateOptions<AgentObservabilityOptions>
{
    public ValidateOptionsResult Validate(string? name, AgentObservabilityOptions options)
    {
        var checks = new OptionChecks(AgentObservabilityOptions.SectionName);
        if (string.IsNullOrWhiteSpace(options.SourceName))
        {
            checks.Fail(
                nameof(options.SourceName),
                $"is empty. Give the activity source a name, or leave the option out to get '{AgentObservabilityOptions.DefaultSourceName}'.");
        }

        checks.Flags(nameof(options.Conventions), options.Conventions, SpanConventions.All, "Use GenAI, OpenInference, All or None.");
        if (options.Conventions == SpanConventions.None && options.GetCustomConventions().Count == 0)
        {
            checks.Fail(
                nameof(options.Conventions),
                "is None and no convention was added, so spans would be empty. Choose GenAI, OpenInference or All, or call AddConvention.");
        }

        checks.Flags(nameof(options.CaptureContent), options.CaptureContent, ContentCapture.All, "Use None, Spans, Events or All.");
        checks.Known(nameof(options.GenAIProfile), options.GenAIProfile);
        checks.Between(
            nameof(options.CallbackTimeout),
            options.CallbackTimeout,
            AgentObservabilityOptions.ShortestCallbackTimeout,
            AgentObservabilityOptions.LongestCallbackTimeout,
            "Give a time from 10 milliseconds to 1 minute.");
        CheckBaggage(nameof(options.SentBaggage), options.SentBaggage, checks);
        CheckBaggage(nameof(options.ReceivedBaggage), options.ReceivedBaggage, checks);
        Check(options.Privacy, checks.Of(nameof(options.Privacy)));
        return checks.Result;
    }

    /// <summary>Validates options that did not come through dependency injection.</summary>
    public static void ThrowIfInvalid(AgentObservabilityOptions options)
    {
        var result = new AgentObservabilityOptionsValidator().Validate(Options.DefaultName, options);
        if (result.Failed)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(AgentObservabilityOptions), result.Failures);
        }
    }

    private static void CheckBaggage(string option, IEnumerable<string> keys, OptionChecks checks)
    {
        if (keys.FirstOrDefault(static key => !BaggageKeys.All.Contains(key)) is { } unknown)
        {
            checks.Fail(option, $"has the unknown key {unknown}. Use {string.Join(", ", BaggageKeys.All)}.");
        }
    }

    private static void Check(PrivacyOptions privacy, OptionChecks checks)
    {
        checks.Between(nameof(privacy.Base64ImageMaxLength), privacy.Base64ImageMaxLength, 0, null, "Give a number of characters from 0 up.");
        checks.Between(
            nameof(privacy.MaxContentLength),
            privacy.MaxContentLength,
            PrivacyOptions.SmallestMaxContentLength,
            null,
            $"Give a number of characters from {PrivacyOptions.SmallestMaxContentLength} up.");
        checks.Between(nameof(privacy.MaxMessages), privacy.MaxMessages, 1, null, "Give a number of messages from 1 up, or null for all.");
        checks.Flags(nameof(privacy.RedactionRules), privacy.RedactionRules, RedactionRules.All, "Combine the named rules, or use All or None.");
        foreach (var (kind, rules) in privacy.RedactionRulesByKind)
        {
            if (!Enum.IsDefined(kind) || !RedactionRules.All.HasFlag(rules))
            {
                checks.Fail(nameof(privacy.RedactionRulesByKind), $"has the unknown entry {kind} = {rules}. Use a named kind, and combine the named rules.");
            }
        }

        if (privacy.UserIdHashKey is { Length: < PrivacyOptions.SmallestHashKeyLength and var length })
        {
            checks.Fail(
                nameof(privacy.UserIdHashKey),
                $"has {length} characters. A key that cannot be guessed has at least {PrivacyOptions.SmallestHashKeyLength}.");
        }
    }
}
