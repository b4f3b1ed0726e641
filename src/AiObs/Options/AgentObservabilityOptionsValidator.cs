using Microsoft.Extensions.Options;

namespace AiObs;

/// <summary>Says of wrong options what is wrong, where, and what to do.</summary>
internal sealed class AgentObservabilityOptionsValidator : IValidateOptions<AgentObservabilityOptions>
{
    private const string Section = AgentObservabilityOptions.SectionName;

    public ValidateOptionsResult Validate(string? name, AgentObservabilityOptions options)
    {
        var failures = new List<string>();
        if (string.IsNullOrWhiteSpace(options.SourceName))
        {
            failures.Add($"{Section}:SourceName is empty. Give the activity source a name, or leave the option out to get '{AgentObservabilityOptions.DefaultSourceName}'.");
        }

        if ((options.Conventions & ~SpanConventions.All) != 0)
        {
            failures.Add($"{Section}:Conventions has the unknown value {(int)options.Conventions}. Use GenAI, OpenInference, All or None.");
        }

        if (options.Conventions == SpanConventions.None && options.GetCustomConventions().Count == 0)
        {
            failures.Add($"{Section}:Conventions is None and no convention was added, so spans would be empty. Choose GenAI, OpenInference or All, or call AddConvention.");
        }

        if ((options.CaptureContent & ~ContentCapture.All) != 0)
        {
            failures.Add($"{Section}:CaptureContent has the unknown value {(int)options.CaptureContent}. Use None, Spans, Events or All.");
        }

        if (!Enum.IsDefined(options.GenAIProfile))
        {
            failures.Add($"{Section}:GenAIProfile has the unknown value {(int)options.GenAIProfile}. Use V1_41 or Latest.");
        }

        if (options.CallbackTimeout < AgentObservabilityOptions.ShortestCallbackTimeout || options.CallbackTimeout > AgentObservabilityOptions.LongestCallbackTimeout)
        {
            failures.Add($"{Section}:CallbackTimeout is {options.CallbackTimeout}. Give a time from 10 milliseconds to 1 minute.");
        }

        Validate(options.Privacy, failures);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
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

    private static void Validate(PrivacyOptions privacy, List<string> failures)
    {
        if (privacy.Base64ImageMaxLength < 0)
        {
            failures.Add($"{Section}:Privacy:Base64ImageMaxLength is {privacy.Base64ImageMaxLength}. Give a number of characters from 0 up.");
        }

        if (privacy.MaxContentLength < PrivacyOptions.SmallestMaxContentLength)
        {
            failures.Add($"{Section}:Privacy:MaxContentLength is {privacy.MaxContentLength}. Give a number of characters from {PrivacyOptions.SmallestMaxContentLength} up.");
        }

        if (privacy.MaxMessages < 1)
        {
            failures.Add($"{Section}:Privacy:MaxMessages is {privacy.MaxMessages}. Give a number of messages from 1 up, or null for all.");
        }

        if ((privacy.RedactionRules & ~RedactionRules.All) != 0)
        {
            failures.Add($"{Section}:Privacy:RedactionRules has the unknown value {(int)privacy.RedactionRules}. Combine the named rules, or use All or None.");
        }

        foreach (var (kind, rules) in privacy.RedactionRulesByKind)
        {
            if (!Enum.IsDefined(kind) || (rules & ~RedactionRules.All) != 0)
            {
                failures.Add($"{Section}:Privacy:RedactionRulesByKind has the unknown entry {kind} = {rules}. Use a named kind, and combine the named rules.");
            }
        }

        if (privacy.UserIdHashKey is { Length: < PrivacyOptions.SmallestHashKeyLength })
        {
            failures.Add($"{Section}:Privacy:UserIdHashKey has {privacy.UserIdHashKey.Length} characters. A key that cannot be guessed has at least {PrivacyOptions.SmallestHashKeyLength}.");
        }
    }
}
