using System.Text.Json;
using AiObs.Operations;

namespace AiObs.Recording;

/// <summary>Counts what the provider's own tools did, of the items that a response has put out.</summary>
internal static class HostedToolJson
{
    /// <summary>Reads the array at which the reader stands.</summary>
    public static void Read(ref Utf8JsonReader reader, ref ReportedUsage usage)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }

        var (web, files, code, images) = (0L, 0L, 0L, 0L);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var (tool, opensPage) = ReadItem(ref reader);

            // The first events of a stream bring an empty list, which tells nothing of what is to come.
            usage.HasToolItems = true;
            web += tool == Tool.WebSearch && !opensPage ? 1 : 0;
            files += tool == Tool.FileSearch ? 1 : 0;
            code += tool == Tool.CodeInterpreter ? 1 : 0;
            images += tool == Tool.ImageGeneration ? 1 : 0;
        }

        usage.WebSearches = web > 0 ? web : usage.WebSearches;
        usage.StorageSearches = files > 0 ? files : usage.StorageSearches;
        usage.CodeExecutions = code > 0 ? code : usage.CodeExecutions;
        usage.ImageGenerations = images > 0 ? images : usage.ImageGenerations;
    }

    /// <summary>Reads the blocks of a message, of which the usage counts the searches and not the runs of code.</summary>
    public static void ReadBlocks(ref Utf8JsonReader reader, ref ReportedUsage usage)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            ReadBlock(ref reader, ref usage);
        }
    }

    /// <summary>Reads the block at which the reader stands; a stream brings each once.</summary>
    public static void ReadBlock(ref Utf8JsonReader reader, ref ReportedUsage usage)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        var (isCall, runsCode) = (false, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isType, isName) = (reader.ValueSpan.SequenceEqual("type"u8), reader.ValueSpan.SequenceEqual("name"u8));
            reader.Read();
            isCall |= isType && reader.TokenType == JsonTokenType.String && reader.ValueSpan.SequenceEqual("server_tool_use"u8);
            runsCode |= isName && reader.TokenType == JsonTokenType.String && reader.ValueSpan.EndsWith("code_execution"u8);
            reader.Skip();
        }

        usage.CodeExecutions = isCall && runsCode ? (usage.CodeExecutions ?? 0) + 1 : usage.CodeExecutions;
    }

    /// <summary>Tells which tool an item is of; a search of the web that only opened a page, or looked in one, costs nothing.</summary>
    private static (Tool Tool, bool OpensPage) ReadItem(ref Utf8JsonReader reader)
    {
        var (tool, opensPage) = (Tool.None, false);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return default;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isType, isAction) = (reader.ValueSpan.SequenceEqual("type"u8), reader.ValueSpan.SequenceEqual("action"u8));
            reader.Read();
            if (isType && reader.TokenType == JsonTokenType.String)
            {
                tool = reader.ValueSpan.SequenceEqual("web_search_call"u8) ? Tool.WebSearch
                    : reader.ValueSpan.SequenceEqual("file_search_call"u8) ? Tool.FileSearch
                    : reader.ValueSpan.SequenceEqual("code_interpreter_call"u8) ? Tool.CodeInterpreter
                    : reader.ValueSpan.SequenceEqual("image_generation_call"u8) ? Tool.ImageGeneration
                    : Tool.None;
            }
            else if (isAction && reader.TokenType == JsonTokenType.StartObject)
            {
                opensPage = ReadAction(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return (tool, opensPage);
    }

    private static bool ReadAction(ref Utf8JsonReader reader)
    {
        var opensPage = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueSpan.SequenceEqual("type"u8);
            reader.Read();
            if (isType && reader.TokenType == JsonTokenType.String)
            {
                opensPage = !reader.ValueSpan.SequenceEqual("search"u8);
            }
            else
            {
                reader.Skip();
            }
        }

        return opensPage;
    }

    private enum Tool
    {
        None,
        WebSearch,
        FileSearch,
        CodeInterpreter,
        ImageGeneration,
    }
}
