using Microsoft.Extensions.Options;

namespace AiObs.OpenTelemetry;

/// <summary>Says of wrong options what is wrong, where, and what to do.</summary>
internal sealed class AgentTracingOptionsValidator : IValidateOptions<AgentTracingOptions>
{
    public ValidateOptionsResult Validate(string? name, AgentTracingOptions options)
    {
        var checks = new OptionChecks(AgentTracingOptions.SectionName);
        CheckNames(nameof(options.SourceNames), options.SourceNames, checks);
        CheckNames(nameof(options.ModelSourceNames), options.ModelSourceNames, checks);
        checks.Known(nameof(options.DuplicateModelSpans), options.DuplicateModelSpans);
        checks.Known(nameof(options.ForeignContent), options.ForeignContent);
        checks.Known(nameof(options.BridgedMetrics), options.BridgedMetrics);
        return checks.Result;
    }

    private static void CheckNames(string option, IEnumerable<string> names, OptionChecks checks)
    {
        if (names.Any(string.IsNullOrWhiteSpace))
        {
            checks.Fail(option, "has an empty entry. Give the name of an activity source, or remove the entry.");
        }
    }
}
