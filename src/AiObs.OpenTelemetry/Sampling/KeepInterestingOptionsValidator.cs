using AiObs.OpenTelemetry.Exporters;
using Microsoft.Extensions.Options;

namespace AiObs.OpenTelemetry.Sampling;

/// <summary>Says of wrong options what is wrong, where, and what to do.</summary>
internal sealed class KeepInterestingOptionsValidator : IValidateOptions<KeepInterestingOptions>
{
    /// <summary>Throws when options are wrong.</summary>
    public static void ThrowIfWrong(KeepInterestingOptions options)
    {
        if (new KeepInterestingOptionsValidator().Validate(null, options).Failures is { } failures)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(KeepInterestingOptions), failures);
        }
    }

    public ValidateOptionsResult Validate(string? name, KeepInterestingOptions options)
    {
        var problems = new ProblemList(KeepInterestingOptions.SectionName);
        KeepInterestingRules.Check(options, "", problems);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
