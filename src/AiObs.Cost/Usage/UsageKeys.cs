namespace AiObs.Cost.Usage;

/// <summary>The usage keys that calls through a chat client or an embedding generator can have.</summary>
internal static class UsageKeys
{
    public const string CacheAudioRead = "cache_audio_read_tokens";
    public const string CacheImageRead = "cache_image_read_tokens";
    public const string CacheRead = "cache_read_tokens";
    public const string CacheVideoRead = "cache_video_read_tokens";
    public const string CacheWrite = "cache_write_tokens";
    public const string CacheWrite1h = "cache_write_1h_tokens";
    public const string CacheWrite5m = "cache_write_5m_tokens";
    public const string CodeExecutions = "code_executions";
    public const string Input = "input_tokens";
    public const string InputAudio = "input_audio_tokens";
    public const string InputImage = "input_image_tokens";
    public const string InputText = "input_text_tokens";
    public const string InputTool = "input_tool_tokens";
    public const string InputVideo = "input_video_tokens";
    public const string Output = "output_tokens";
    public const string OutputAudio = "output_audio_tokens";
    public const string OutputCitation = "output_citation_tokens";
    public const string OutputImage = "output_image_tokens";
    public const string OutputReasoning = "output_reasoning_tokens";
    public const string OutputText = "output_text_tokens";
    public const string OutputVideo = "output_video_tokens";
    public const string SocialSearches = "social_searches";
    public const string StorageSearches = "storage_searches";
    public const string WebSearches = "web_searches";
}
