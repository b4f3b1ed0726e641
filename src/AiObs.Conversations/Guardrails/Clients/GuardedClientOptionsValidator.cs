using AiObs.Guardrails;
using Microsoft.Extensions.Options;

namespace AiObs.Conversations.Guardrails.Clients;

/// <summary>Finds values that options of guarded clients cannot have.</summary>
internal sealed class GuardedClientOptionsValidator : IValidateOptions<GuardedClientOptions>
{
    public ValidateOptionsResult Validate(string? name, GuardedClientOptions options)
    {
        List<string> failures = [];
        if (options.Guardrails.Count == 0)
        {
            failures.Add(
                "UseGuardrails() has no guardrail. Name them, as in UseGuardrails(new GuardrailRule(…)), or add them to ConversationOptions.Guardrails and pass the services.");
        }

        if (options.RefusalText is not null && string.IsNullOrWhiteSpace(options.RefusalText))
        {
            failures.Add($"{nameof(options.RefusalText)} is blank. Give it a text, or leave it out, so that refusals throw.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
