using AiObs;
using AiObs.Conversations;
using AiObs.Conversations.Guardrails;
using AiObs.Conversations.Guardrails.Clients;
using AiObs.Guardrails;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.AI;

/// <summary>Adds guardrails to chat clients, their builders, and functions.</summary>
public static class AiObsGuardrailExtensions
{
    /// <summary>Guards a client: what users say, the calls of tools and their results, and what the model answers.</summary>
    /// <param name="client">The client. Place this inside of function invocation, and outside of what observes the model.</param>
    /// <param name="services">Where the application's <see cref="AgentObservability"/> comes from, unless <paramref name="client"/> has one, and the guardrails, unless they are set here.</param>
    /// <param name="configure">Sets the guardrails, and what is answered in the place of what is refused.</param>
    /// <returns>The guarded client.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidOperationException">The client has a function loop inside, so that tools run before anybody has looked, and a rule is for calls or results of tools.</exception>
    /// <exception cref="OptionsValidationException">There is no guardrail, or the text is blank.</exception>
    /// <remarks>
    /// A refused call reaches the loop as one that is for information, with an answer that says why; the loop runs the others. A loop of your own that looks at neither runs it nevertheless: use <see cref="Guarded"/> there.
    /// </remarks>
    public static IChatClient UseGuardrails(this IChatClient client, IServiceProvider? services = null, Action<GuardedClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        var options = OptionsOf(services, configure);
        ThrowIfOutsideOfLoop(client, options);
        var (observability, isOwned) = client.GetService<AgentObservability>() is { } inner ? (inner, false) : AgentObservability.For(services, configure: null);
        return new GuardedChatClient(client, observability, [.. options.Guardrails], options.RefusalText, isOwned ? observability : null);
    }

    /// <summary>Guards a client, with a given root.</summary>
    /// <param name="client">The client. Place this inside of function invocation, and outside of what observes the model.</param>
    /// <param name="observability">The root; the caller disposes it.</param>
    /// <param name="configure">Sets the guardrails, and what is answered in the place of what is refused.</param>
    /// <returns>The guarded client.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    /// <exception cref="InvalidOperationException">The client has a function loop inside, so that tools run before anybody has looked, and a rule is for calls or results of tools.</exception>
    /// <exception cref="OptionsValidationException">There is no guardrail, or the text is blank.</exception>
    public static IChatClient UseGuardrails(this IChatClient client, AgentObservability observability, Action<GuardedClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(observability);
        ArgumentNullException.ThrowIfNull(configure);
        var options = OptionsOf(services: null, configure);
        ThrowIfOutsideOfLoop(client, options);
        return new GuardedChatClient(client, observability, [.. options.Guardrails], options.RefusalText, owned: null);
    }

    /// <summary>Adds a stage that guards all inside it. Place it after function invocation and before what observes the model.</summary>
    /// <param name="builder">The pipeline under construction; stages added earlier stand outside this one.</param>
    /// <param name="configure">Sets the guardrails, by default those of <see cref="ConversationOptions.Guardrails"/> in the container, and what is answered in the place of what is refused.</param>
    /// <returns>The same <paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <remarks>To build the pipeline throws an <see cref="OptionsValidationException"/> where there is no guardrail, and an <see cref="InvalidOperationException"/> where a rule for calls or results of tools stands outside of the function loop.</remarks>
    public static ChatClientBuilder UseGuardrails(this ChatClientBuilder builder, Action<GuardedClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use((client, services) => client.UseGuardrails(services, configure));
    }

    /// <summary>Adds a stage that guards all inside it, with these guardrails. Place it after function invocation and before what observes the model.</summary>
    /// <param name="builder">The pipeline under construction; stages added earlier stand outside this one.</param>
    /// <param name="rules">The guardrails, in the order in which they look.</param>
    /// <returns>The same <paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="rules"/> is empty.</exception>
    /// <remarks>To build the pipeline throws an <see cref="InvalidOperationException"/> where a rule for calls or results of tools stands outside of the function loop.</remarks>
    public static ChatClientBuilder UseGuardrails(this ChatClientBuilder builder, params GuardrailRule[] rules)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(rules);
        if (rules.Length == 0)
        {
            throw new ArgumentException("There is no guardrail in the list, so that nothing would be guarded.", nameof(rules));
        }

        return builder.UseGuardrails(options => Array.ForEach(rules, options.Guardrails.Add));
    }

    /// <summary>Guards a function, for loops of your own that look neither at <see cref="FunctionCallContent.InformationalOnly"/> nor at answers that are there.</summary>
    /// <param name="function">The function.</param>
    /// <param name="observability">The root; the caller disposes it.</param>
    /// <param name="rules">The guardrails, in the order in which they look: those for calls before it runs, those for results after.</param>
    /// <returns>The guarded function. A refused call is not run and returns <c>Not run: </c> with the reason; a refused result is <c>Withheld: </c> with the reason.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">No rule is for calls or results of tools.</exception>
    /// <remarks>What is returned is another object of another type. Do not hand it to loops that check the types of functions, such as Semantic Kernel's; for those a guarded client is enough.</remarks>
    public static AIFunction Guarded(this AIFunction function, AgentObservability observability, params GuardrailRule[] rules)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(observability);
        ArgumentNullException.ThrowIfNull(rules);
        return rules.Any(IsForTools)
            ? new GuardedFunction(function, new GuardrailRunner(observability, [.. rules]))
            : throw new ArgumentException($"No rule looks at {nameof(GuardrailStages.ToolCall)} or {nameof(GuardrailStages.ToolResult)}, so that nothing would be guarded.", nameof(rules));
    }

    private static GuardedClientOptions OptionsOf(IServiceProvider? services, Action<GuardedClientOptions>? configure)
    {
        var options = new GuardedClientOptions();
        configure?.Invoke(options);
        if (options.Guardrails.Count == 0)
        {
            foreach (var rule in services?.GetService<IOptions<ConversationOptions>>()?.Value.Guardrails ?? [])
            {
                options.Guardrails.Add(rule);
            }
        }

        var result = new GuardedClientOptionsValidator().Validate(name: null, options);
        return result.Succeeded ? options : throw new OptionsValidationException(nameof(GuardedClientOptions), typeof(GuardedClientOptions), result.Failures);
    }

    private static void ThrowIfOutsideOfLoop(IChatClient client, GuardedClientOptions options)
    {
        if (options.Guardrails.FirstOrDefault(IsForTools) is { } rule && client.GetService<FunctionInvokingChatClient>() is not null)
        {
            throw new InvalidOperationException(
                $"The guardrail '{rule.Name}' looks at {rule.Stages}, but UseGuardrails() stands outside of the function loop, which runs tools before anybody has looked. "
                + $"In the builder, put UseFunctionInvocation() before UseGuardrails(); or let its rule look at {nameof(GuardrailStages.Input)} and {nameof(GuardrailStages.Output)} alone.");
        }
    }

    private static bool IsForTools(GuardrailRule rule) => (rule.Stages & (GuardrailStages.ToolCall | GuardrailStages.ToolResult)) != 0;
}
