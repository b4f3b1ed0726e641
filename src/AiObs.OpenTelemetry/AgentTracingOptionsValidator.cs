using Microsoft.Extensions.Options;

namespace AiObs.OpenTelemetry;

/// <summary>Says of wrong options what is wrong, where, and what to do.</summary>
internal sealed class AgentTracingOptionsValidator : IValidateOptions<AgentTracingOptions>
{
    private const string Section = AgentTracingOptions.SectionName;

    public ValidateOptionsResult Validate(string? name, AgentTracingOptions options)
    {
        var failures = new List<string>();
        CheckNames(options.SourceNames, nameof(AgentTracingOptions.SourceNames), failures);
        CheckNames(options.ModelSourceNames, nameof(AgentTracingOptions.ModelSourceNames), failures);
        CheckValue(options.DuplicateModelSpans, nameof(AgentTracingOptions.DuplicateModelSpans), "Demote or Keep", failures);
        CheckValue(options.ForeignContent, nameof(AgentTracingOptions.ForeignContent), "FollowPrivacy, Keep or Remove", failures);
        CheckValue(options.AgentTotals, nameof(AgentTracingOptions.AgentTotals), "Keep or Move", failures);
        CheckValue(options.BridgedMetrics, nameof(AgentTracingOptions.BridgedMetrics), "Missing or All", failures);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void CheckNames(IEnumerable<string> names, string option, List<string> failures)
    {
        if (names.Any(string.IsNullOrWhiteSpace))
        {
            failures.Add($"{Section}:{option} has an empty entry. Give the name of an activity source, or remove the entry.");
        }
    }

    private static void CheckValue<T>(T value, string option, string remedy, List<string> failures)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            failures.Add($"{Section}:{option} has the unknown value {value:D}. Use {remedy}.");
        }
    }
}
