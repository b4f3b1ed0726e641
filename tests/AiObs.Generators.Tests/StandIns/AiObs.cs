using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AiObs;
using AiObs.Cost;

namespace AiObs
{
    public sealed class AgentObservability(string name)
    {
        public override string ToString() => name;
    }

    public sealed class AgentObservabilityOptions
    {
        public string SourceName { get; set; } = "AiObs";
    }
}

namespace AiObs
{
    public sealed class AgentOptions
    {
        public string Description { get; set; } = "undescribed";
    }
}

namespace AiObs.Cost
{
    public sealed class CostTrackingOptions
    {
        public int StoreCapacity { get; set; } = 10;
    }
}

namespace Microsoft.Extensions.AI
{
    public static class AiObsChatClientExtensions
    {
        public static IChatClient UseAgentObservability(
            this IChatClient client, IServiceProvider? services = null, Action<AgentObservabilityOptions>? configure = null) =>
            new LabelledChatClient(client, $"observed by {services} as {Labels.Of(configure)}");

        public static IChatClient UseAgentObservability(
            this IChatClient client, AgentObservability observability, Action<AgentObservabilityOptions>? configure = null) =>
            new LabelledChatClient(client, $"observed by {observability} as {Labels.Of(configure)}");

        public static IChatClient UseAgent(
            this IChatClient client, string name, IServiceProvider? services = null, Action<AgentOptions>? configure = null) =>
            new LabelledChatClient(client, $"{Labels.Of(configure)} agent {name} by {services}");

        public static IChatClient UseAgent(
            this IChatClient client, string name, AgentObservability observability, Action<AgentOptions>? configure = null) =>
            new LabelledChatClient(client, $"{Labels.Of(configure)} agent {name} by {observability}");

        public static IChatClient UseCostTracking(
            this IChatClient client, IServiceProvider? services = null, Action<CostTrackingOptions>? configure = null) =>
            new LabelledChatClient(client, $"priced by {services} for {Labels.Of(configure)}");

        public static IChatClient UseCostTracking(
            this IChatClient client, AgentObservability observability, Action<CostTrackingOptions>? configure = null) =>
            new LabelledChatClient(client, $"priced by {observability} for {Labels.Of(configure)}");
    }

    public static class AiObsEmbeddingGeneratorExtensions
    {
        public static IEmbeddingGenerator<TInput, TEmbedding> UseAgentObservability<TInput, TEmbedding>(
            this IEmbeddingGenerator<TInput, TEmbedding> generator,
            IServiceProvider? services = null,
            Action<AgentObservabilityOptions>? configure = null)
            where TEmbedding : Embedding =>
            new LabelledGenerator<TInput, TEmbedding>(generator, $"observed by {services} as {Labels.Of(configure)}");

        public static IEmbeddingGenerator<TInput, TEmbedding> UseAgentObservability<TInput, TEmbedding>(
            this IEmbeddingGenerator<TInput, TEmbedding> generator,
            AgentObservability observability,
            Action<AgentObservabilityOptions>? configure = null)
            where TEmbedding : Embedding =>
            new LabelledGenerator<TInput, TEmbedding>(generator, $"observed by {observability} as {Labels.Of(configure)}");

        public static IEmbeddingGenerator<TInput, TEmbedding> UseCostTracking<TInput, TEmbedding>(
            this IEmbeddingGenerator<TInput, TEmbedding> generator,
            IServiceProvider? services = null,
            Action<CostTrackingOptions>? configure = null)
            where TEmbedding : Embedding =>
            new LabelledGenerator<TInput, TEmbedding>(generator, $"priced by {services} for {Labels.Of(configure)}");

        public static IEmbeddingGenerator<TInput, TEmbedding> UseCostTracking<TInput, TEmbedding>(
            this IEmbeddingGenerator<TInput, TEmbedding> generator,
            AgentObservability observability,
            Action<CostTrackingOptions>? configure = null)
            where TEmbedding : Embedding =>
            new LabelledGenerator<TInput, TEmbedding>(generator, $"priced by {observability} for {Labels.Of(configure)}");
    }

    internal static class Labels
    {
        public static string Of(Action<AgentObservabilityOptions>? configure)
        {
            var options = new AgentObservabilityOptions();
            configure?.Invoke(options);

            return options.SourceName;
        }

        public static string Of(Action<AgentOptions>? configure)
        {
            var options = new AgentOptions();
            configure?.Invoke(options);

            return options.Description;
        }

        public static int Of(Action<CostTrackingOptions>? configure)
        {
            var options = new CostTrackingOptions();
            configure?.Invoke(options);

            return options.StoreCapacity;
        }
    }

    internal sealed class LabelledChatClient(IChatClient inner, string label) : DelegatingChatClient(inner)
    {
        public override async Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            var response = await base.GetResponseAsync(messages, options, cancellationToken);

            return new ChatResponse(new ChatMessage(ChatRole.Assistant, $"{label} ({response.Text})"));
        }
    }

    internal sealed class LabelledGenerator<TInput, TEmbedding>(IEmbeddingGenerator<TInput, TEmbedding> inner, string label)
        : DelegatingEmbeddingGenerator<TInput, TEmbedding>(inner)
        where TEmbedding : Embedding
    {
        public override async Task<GeneratedEmbeddings<TEmbedding>> GenerateAsync(
            IEnumerable<TInput> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            var embeddings = await base.GenerateAsync(values, options, cancellationToken);
            embeddings.AdditionalProperties = new() { ["label"] = label };

            return embeddings;
        }
    }
}
