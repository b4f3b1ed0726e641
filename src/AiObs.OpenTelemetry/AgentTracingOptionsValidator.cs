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
        if (!Enum.IsDefined(options.DuplicateModelSpans))
        {
            failures.Add($"{Section}:DuplicateModelSpans has the unknown value {(int)options.DuplicateModelSpans}. Use Demote or Keep.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void CheckNames(IEnumerable<string> names, string option, List<string> failures)
    {
        if (names.Any(string.IsNullOrWhiteSpace))
        {
            failures.Add($"{Section}:{option} has an empty entry. Give the name of an activity source, or remove the entry.");
        }
    }
}
