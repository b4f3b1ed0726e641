using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace AiObs.Store.Conversations.Contents;

/// <summary>How messages are written: as Microsoft.Extensions.AI does it, with the content types of the application's own, and without what that loses.</summary>
internal static class ChatMessageJsonOptions
{
    /// <summary>How deep a value may be nested, unless the options of the application allow more. By default it would be 64, which arguments of a tool call can exceed.</summary>
    public const int MaxDepth = 512;

    private static readonly ConditionalWeakTable<JsonSerializerOptions, JsonSerializerOptions> Copies = [];

    /// <summary>Returns the options to write with, which are made once for each that an application has.</summary>
    public static JsonSerializerOptions Of(JsonSerializerOptions? options) => Copies.GetValue(options ?? AIJsonUtilities.DefaultOptions, Create);

    private static JsonSerializerOptions Create(JsonSerializerOptions options)
    {
        // As whenever options were used: a change later on would be seen by nobody.
        if (options.TypeInfoResolver is not null)
        {
            options.MakeReadOnly();
        }

        var own = new JsonSerializerOptions(options)
        {
            WriteIndented = false,
            AllowOutOfOrderMetadataProperties = true,
            MaxDepth = MaxDepth,
            TypeInfoResolver = JsonTypeInfoResolver
                .Combine(options.TypeInfoResolver, AIJsonUtilities.DefaultOptions.TypeInfoResolver)
                .WithAddedModifier(Adapt),
        };
        own.MakeReadOnly();
        return own;
    }

    private static void Adapt(JsonTypeInfo info)
    {
        foreach (var property in info.Properties)
        {
            if (property.PropertyType == typeof(IList<AIContent>))
            {
                property.CustomConverter = new ContentListConverter();
            }
            else if (info.Type == typeof(FunctionResultContent) && property is { PropertyType: var type, Get: { } result } && type == typeof(object))
            {
                property.CustomConverter = new FunctionResultConverter();
                property.Get = content => result(content) ?? ((FunctionResultContent)content).Exception?.Message;
            }
        }
    }
}
