using Microsoft.Extensions.Options;

namespace AiObs;

/// <summary>Says of wrong agent options what is wrong and what to do.</summary>
internal sealed class AgentOptionsValidator : IValidateOptions<AgentOptions>
{
    public ValidateOptionsResult Validate(string? name, AgentOptions options)
    {
        (string Option, string? Value)[] values =
            [(nameof(options.Id), options.Id), (nameof(options.Description), options.Description), (nameof(options.Version), options.Version)];
        var failures = values
            .Where(static pair => pair.Value is not null && string.IsNullOrWhiteSpace(pair.Value))
            .Select(static pair => $"AgentOptions.{pair.Option} is blank. Give it a value, or leave it out.")
            .ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
