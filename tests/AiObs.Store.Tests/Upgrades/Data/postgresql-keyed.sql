--
-- PostgreSQL database dump
--


-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: aiobs_refuse(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.aiobs_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation', TABLE = TG_TABLE_NAME;
END
$$;


--
-- Name: aiobs_refuse_delete_above_checkpoint(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.aiobs_refuse_delete_above_checkpoint() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.sequence > coalesce((SELECT max(sequence) FROM aiobs_event_checkpoints WHERE writer = OLD.writer), 0) THEN
        RAISE EXCEPTION 'aiobs_events is append-only above the last checkpoint'
            USING ERRCODE = 'integrity_constraint_violation', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN OLD;
END
$$;


--
-- Name: aiobs_refuse_delete_of_content(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.aiobs_refuse_delete_of_content() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM aiobs_events WHERE position = OLD.position) THEN
        RAISE EXCEPTION 'content goes with its event' USING ERRCODE = 'integrity_constraint_violation', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN OLD;
END
$$;


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: aiobs_cost_tags; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.aiobs_cost_tags (
    tag text NOT NULL COLLATE pg_catalog."C",
    "position" bigint NOT NULL
);


--
-- Name: aiobs_costs; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.aiobs_costs (
    "position" bigint NOT NULL,
    call_key bytea NOT NULL,
    id uuid NOT NULL,
    ticks bigint NOT NULL,
    conversation_id text COLLATE pg_catalog."C",
    user_id text COLLATE pg_catalog."C",
    session_id text COLLATE pg_catalog."C",
    provider text COLLATE pg_catalog."C",
    model text COLLATE pg_catalog."C",
    is_correction integer NOT NULL,
    completeness text NOT NULL,
    corrected_completeness text,
    total numeric,
    input_tokens bigint,
    output_tokens bigint,
    record text NOT NULL
);


--
-- Name: aiobs_costs_position_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.aiobs_costs ALTER COLUMN "position" ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.aiobs_costs_position_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: aiobs_event_checkpoints; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.aiobs_event_checkpoints (
    writer text NOT NULL COLLATE pg_catalog."C",
    sequence bigint NOT NULL,
    hash bytea NOT NULL,
    seal bytea NOT NULL
);


--
-- Name: aiobs_event_contents; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.aiobs_event_contents (
    "position" bigint NOT NULL,
    content text,
    salt bytea,
    erased_by uuid
);


--
-- Name: aiobs_event_writers; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.aiobs_event_writers (
    ordinal bigint NOT NULL,
    writer text NOT NULL COLLATE pg_catalog."C",
    opened_ticks bigint NOT NULL,
    is_keyed integer NOT NULL,
    predecessor_writer text,
    predecessor_sequence bigint,
    predecessor_hash bytea,
    sequence bigint NOT NULL,
    hash bytea NOT NULL,
    seal bytea NOT NULL
);


--
-- Name: aiobs_event_writers_ordinal_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.aiobs_event_writers ALTER COLUMN ordinal ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.aiobs_event_writers_ordinal_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: aiobs_events; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.aiobs_events (
    "position" bigint NOT NULL,
    id uuid NOT NULL,
    writer text NOT NULL COLLATE pg_catalog."C",
    sequence bigint NOT NULL,
    ticks bigint NOT NULL,
    type text NOT NULL COLLATE pg_catalog."C",
    conversation_id text COLLATE pg_catalog."C",
    user_id text COLLATE pg_catalog."C",
    session_id text COLLATE pg_catalog."C",
    trace_id text COLLATE pg_catalog."C",
    span_id text COLLATE pg_catalog."C",
    data text NOT NULL,
    commitment bytea,
    hash bytea NOT NULL
);


--
-- Name: aiobs_events_position_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.aiobs_events ALTER COLUMN "position" ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.aiobs_events_position_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: aiobs_schema; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.aiobs_schema (
    version integer NOT NULL,
    applied_ticks bigint NOT NULL
);


--
-- Data for Name: aiobs_cost_tags; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.aiobs_cost_tags VALUES ('even', 1);
INSERT INTO public.aiobs_cost_tags VALUES ('odd', 2);
INSERT INTO public.aiobs_cost_tags VALUES ('even', 3);
INSERT INTO public.aiobs_cost_tags VALUES ('odd', 4);
INSERT INTO public.aiobs_cost_tags VALUES ('even', 5);
INSERT INTO public.aiobs_cost_tags VALUES ('odd', 6);


--
-- Data for Name: aiobs_costs; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.aiobs_costs OVERRIDING SYSTEM VALUE VALUES (1, '\xd8701fe7e464cb4eb71e5ec91a77c02c35fabf186387ca5fd03c9974ef8155f9', '00000000-0000-0000-0000-000000000001', 639054576000000000, 'conversation', NULL, NULL, NULL, NULL, 0, 'Exact', NULL, 0.25, 100, 10, '{"id":"00000000-0000-0000-0000-000000000001","call_id":"call-0","time":"2026-01-31T12:00:00+00:00","operation":"Chat","conversation_id":"conversation","tags":["even"],"currency":"USD","total":0.25,"receipt":{"usage":{"input_tokens":100,"output_tokens":10},"lines":[],"source":"None","completeness":"Exact","usage_completeness":"Exact","factors":[],"input":0.25,"output":0,"total":0.25}}');
INSERT INTO public.aiobs_costs OVERRIDING SYSTEM VALUE VALUES (2, '\xecc21770dc7e4aae9c1f25ed44fee37510bf6f4e9a66e9a0140aca1e69c70d41', '00000001-0000-0000-0000-000000000001', 639054576600000000, 'conversation', NULL, NULL, NULL, NULL, 0, 'Exact', NULL, 0.25, 100, 10, '{"id":"00000001-0000-0000-0000-000000000001","call_id":"call-1","time":"2026-01-31T12:01:00+00:00","operation":"Chat","conversation_id":"conversation","tags":["odd"],"currency":"USD","total":0.25,"receipt":{"usage":{"input_tokens":100,"output_tokens":10},"lines":[],"source":"None","completeness":"Exact","usage_completeness":"Exact","factors":[],"input":0.25,"output":0,"total":0.25}}');
INSERT INTO public.aiobs_costs OVERRIDING SYSTEM VALUE VALUES (3, '\xc9e21f3e3fa958eaf4eea98482d6b534e368137a06e62ca24daf886406a0c64c', '00000002-0000-0000-0000-000000000001', 639054577200000000, 'conversation', NULL, NULL, NULL, NULL, 0, 'Exact', NULL, 0.25, 100, 10, '{"id":"00000002-0000-0000-0000-000000000001","call_id":"call-2","time":"2026-01-31T12:02:00+00:00","operation":"Chat","conversation_id":"conversation","tags":["even"],"currency":"USD","total":0.25,"receipt":{"usage":{"input_tokens":100,"output_tokens":10},"lines":[],"source":"None","completeness":"Exact","usage_completeness":"Exact","factors":[],"input":0.25,"output":0,"total":0.25}}');
INSERT INTO public.aiobs_costs OVERRIDING SYSTEM VALUE VALUES (4, '\x57eaba69adda8766df64518ed8bcc23b8f45e9e52609bb909da19c015f5d3cae', '00000003-0000-0000-0000-000000000001', 639054577800000000, NULL, NULL, NULL, NULL, NULL, 0, 'Exact', NULL, 0.25, 100, 10, '{"id":"00000003-0000-0000-0000-000000000001","call_id":"call-3","time":"2026-01-31T12:03:00+00:00","operation":"Chat","tags":["odd"],"currency":"USD","total":0.25,"receipt":{"usage":{"input_tokens":100,"output_tokens":10},"lines":[],"source":"None","completeness":"Exact","usage_completeness":"Exact","factors":[],"input":0.25,"output":0,"total":0.25}}');
INSERT INTO public.aiobs_costs OVERRIDING SYSTEM VALUE VALUES (5, '\x505f4dcc2e6eccdf1b0a0e98950d0229e35b783619feadcba8ee5e46a9b44d10', '00000004-0000-0000-0000-000000000001', 639054578400000000, NULL, NULL, NULL, NULL, NULL, 0, 'Exact', NULL, 0.25, 100, 10, '{"id":"00000004-0000-0000-0000-000000000001","call_id":"call-4","time":"2026-01-31T12:04:00+00:00","operation":"Chat","tags":["even"],"currency":"USD","total":0.25,"receipt":{"usage":{"input_tokens":100,"output_tokens":10},"lines":[],"source":"None","completeness":"Exact","usage_completeness":"Exact","factors":[],"input":0.25,"output":0,"total":0.25}}');
INSERT INTO public.aiobs_costs OVERRIDING SYSTEM VALUE VALUES (6, '\x9b4c19aba7af0f752e53a8d152e1dc78df323fdd1e50388ef51261aa8da7e70b', '00000005-0000-0000-0000-000000000001', 639054579000000000, NULL, NULL, NULL, NULL, NULL, 0, 'Unpriced', NULL, NULL, 100, 10, '{"id":"00000005-0000-0000-0000-000000000001","call_id":"call-5","time":"2026-01-31T12:05:00+00:00","operation":"Chat","tags":["odd"],"currency":"USD","receipt":{"usage":{"input_tokens":100,"output_tokens":10},"lines":[],"source":"None","completeness":"Unpriced","usage_completeness":"Exact","factors":[]}}');
INSERT INTO public.aiobs_costs OVERRIDING SYSTEM VALUE VALUES (7, '\x5eda2d6d8e104b6eeb1d3f87b4f66c31c83ca2380e618f1c44815278e1065cb7', '00000064-0000-0000-0000-000000000001', 639054576600000000, NULL, NULL, NULL, NULL, NULL, 1, 'Exact', 'Exact', 0.05, NULL, NULL, '{"id":"00000064-0000-0000-0000-000000000001","call_id":"call-1","time":"2026-01-31T12:01:00+00:00","operation":"Chat","tags":[],"currency":"USD","total":0.05,"receipt":{"usage":{"input_tokens":100,"output_tokens":10},"lines":[],"source":"None","completeness":"Exact","usage_completeness":"Exact","factors":[],"input":0.30,"output":0,"total":0.30},"corrects":"00000001-0000-0000-0000-000000000001","corrected_completeness":"Exact"}');


--
-- Data for Name: aiobs_event_checkpoints; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.aiobs_event_checkpoints VALUES ('d04e921c191041e78791f2f2e171a546', 4, '\x9226909c90c9779451cb3551cb251e49eb20f604b107035ab9540cafb165ed3b', '\x1fe601211566c0dcd7b93f6c0efa59c3e4ebbd92a5d12b9b63426c7404fc59c4');


--
-- Data for Name: aiobs_event_contents; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.aiobs_event_contents VALUES (10, '"said 9"', '\xa12617edf7607d8f1cb9ab1fb1a0585034a8ef8536de103909447de047d6c8ef', NULL);
INSERT INTO public.aiobs_event_contents VALUES (11, '"said 10"', '\xb89b5d0aae34f92c186b814c9547aacc01cbe7d14c002cac1ae31c4070e78e3a', NULL);
INSERT INTO public.aiobs_event_contents VALUES (12, '"said 11"', '\x642128ba031a5a7b4c4759ca714c0f3ef35eba17b55d19ab48e380939e6aa0d2', NULL);
INSERT INTO public.aiobs_event_contents VALUES (13, '"said 12"', '\xb3c50a3bbfc3f6636a2935923b457d0347b609eed01dfa3786bd0ef4eef4812d', NULL);
INSERT INTO public.aiobs_event_contents VALUES (7, NULL, NULL, '01a2292e-72aa-72e4-8fc3-bb61df62ad18');
INSERT INTO public.aiobs_event_contents VALUES (8, NULL, NULL, '01a2292e-72aa-72e4-8fc3-bb61df62ad18');
INSERT INTO public.aiobs_event_contents VALUES (9, NULL, NULL, '01a2292e-72aa-72e4-8fc3-bb61df62ad18');
INSERT INTO public.aiobs_event_contents VALUES (16, '"said 13"', '\x52c276c005311e4159a6067be7b7b1786c6b5f70d624e23ed32e532df7315414', NULL);
INSERT INTO public.aiobs_event_contents VALUES (17, '"said 14"', '\x94c609ceab2a92e3f491a27f7fea7d48feb0c42e0fd800920db987148f2c4a89', NULL);
INSERT INTO public.aiobs_event_contents VALUES (18, '"said 15"', '\x1653c87bdeff60e2c5b4c9cbcb9cf5b1f4ddb826535c24fcce9ed3d150e1d4ee', NULL);
INSERT INTO public.aiobs_event_contents VALUES (19, '"said 16"', '\x3ee09aeab1358b4dda6c692a27025dface43687f02c6e5d4292919afb454b65f', NULL);
INSERT INTO public.aiobs_event_contents VALUES (20, '"said 17"', '\x7adbfe14f9bccf7adb5fa3b8f649cdc716bae48142ab01203e5680bbe6cdeb0a', NULL);


--
-- Data for Name: aiobs_event_writers; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.aiobs_event_writers OVERRIDING SYSTEM VALUE VALUES (1, 'd04e921c191041e78791f2f2e171a546', 639315840394785539, 1, NULL, NULL, NULL, 15, '\xed3676a8f6a2aa592adce96d570de113981fac3e2e38d39499b6025356ecc95e', '\xee3067d8affae8382bc0c045fcd057d0054f842b5db3c4f9519b6924f669d61a');
INSERT INTO public.aiobs_event_writers OVERRIDING SYSTEM VALUE VALUES (2, 'c329f235bb9a4a2798301f4b962a8327', 639315840397637192, 1, 'd04e921c191041e78791f2f2e171a546', 15, '\xed3676a8f6a2aa592adce96d570de113981fac3e2e38d39499b6025356ecc95e', 11, '\x01dfa8e004e5859daaf6026d138e6bf1df07df6b987c6a8d37d177685a06781e', '\x8700c8bce6feb723e4f6514ab9aac5e6822ba2ed5505377b8624488b12af1700');


--
-- Data for Name: aiobs_events; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.aiobs_events OVERRIDING SYSTEM VALUE VALUES (5, '00000004-0000-0000-0000-000000000002', 'd04e921c191041e78791f2f2e171a546', 5, 639054576040000000, 'sample', NULL, NULL, NULL, NULL, NULL, '{"number":4}', NULL, '\xacda93da6ea7d7a60c6bb1eac7a67c0d08e79bc10af123ced89fde57cc583c7c');
INSERT INTO public.aiobs_events OVERRIDING SYSTEM VALUE VALUES (6, '00000005-0000-0000-0000-000000000002', 'd04e921c191041e78791f2f2e171a546', 6, 639054576050000000, 'sample', NULL, NULL, NULL, NULL, NULL, '{"number":5}', NULL, '\x0d7fe7f6bb146cf874dd2fef603cea12ed5e60bbf2f905a48a8e855e632ada81');
INSERT INTO public.aiobs_events OVERRIDING SYSTEM VALUE VALUES (7, '00000006-0000-0000-0000-000000000002', 'd04e921c191041e78791f2f2e171a546', 7, 639054576060000000, 'sample', 'conversation', 'user', 'session', '0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331', '{"number":6}', '\xddf1e345326645d63523a6b230d9829ca07e08e19160f1a9e09937ea01db8f01', '\xf9783c51a395d611162ed6c6772da47266b74da4d1e4794642177bb6e885741d');
INSERT INTO public.aiobs_events OVERRIDING SYSTEM VALUE VALUES (8, '00000007-0000-0000-0000-000000000002', 'd04e921c191041e78791f2f2e171a546', 8, 639054576070000000, 'sample', 'conversation', 'user', 'session', '0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331', '{"number":7}', '\x4e4b8c020c1808067c3ef7bc574afd7cb605eb653f8ba579d0704d5347d4dbd8', '\x1d2d765ee84a5fb2b4d308addad62f29f58234ec6c71958d84582f97e838c1f8');
INSERT INTO public.aiobs_events OVERRIDING SYSTEM VALUE VALUES (9, '00000008-0000-0000-0000-000000000002', 'd04e921c191041e78791f2f2e171a546', 9, 639054576080000000, 'sample', 'conversation', 'user', 'session', '0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331', '{"number":8}', '\x62705e22bcfd38c463802d4110d5f77d4073833baa9655882dbce85957c4d12c', '\xfac23191861175d050ec8cbaeb1ef1bbe23da8986c0e679539a20cd2ce32aa65');
INSERT INTO public.aiobs_events OVERRIDING SYSTEM VALUE VALUES (10, '00000009-0000-0000-0000-000000000002', 'd04e921c191041e78791f2f2e171a546', 10, 639054576090000000, 'sample', NULL, NULL, NULL, NULL, NULL, '{"number":9}', '\x588ff7c24f274fae817ad9e8eaba47ea495ec0e8dd882f0206dfd3dcaf3a31b8', '\x96fe2ab7a9bfbb03c881884b33693f1520fe6435208c9ac0576034c1acfc391a');
INSERT INTO public.aiobs_events OVERRIDING SYSTEM VALUE VALUES (11, '0000000a-0000-0000-0000-000000000002', 'd04e921c191041e78791f2f2e171a546', 11, 639054576100000000, 'sample', NULL, NULL, NULL, NULL, NULL, '{"number":10}', '\xa76e270e665ad8e96d2a18b5f8d749b701952d0d5bec32f05d1b29f19b13677d', '\x5e60546688c2474c19d9224677150050393582bdb4c49ad094b0a7834711c16f');
INSERT INTO public.aiobs_events OVERRIDING SYSTEM VALUE VALUES (12, '0000000b-0000-0000-0000-000000000002', 'd04e921c191041e78791f2f2e171a546', 12, 639054576110000000, 'sample', NULL, NULL, NULL, NULL, NULL, '{"number":11}', '\x9bd78615d05d6efaf55be078eb4571db1f8d08eeed354b62efef54b7d6c524c5', '\x1e94aa9c6d0126765bb7f9187191f7067155d4e972a60caf5582b7af829c6678');
INSERT INTO public.aiobs_events OVERRIDING SYSTEM VALUE VALUES (13, '0000000c-0000-0000-0000-000000000002', 'd04e921c191041e78791f2f2e171a546', 13, 639054576120000000, 'sample', NULL, NULL, NULL, NULL, NULL, '{"number":12}', '\x9e1904bb17c1eb8c552ac7e5964e669bed3d62dcd6e760eae38b132f6b6ae0e9', '\x77b3085a38aee6d9aa2815ebd8e5d5e91a0d4962bc3773e23b8dc8e4606a2d79');
INSERT INTO public.aiobs_events OVERRIDING SYSTEM VALUE VALUES (14, '01a2292e-72aa-72e4-8fc3-bb61df62ad18', 'd04e921c191041e78791f2f2e171a546', 14, 639315840395943176, 'content_erased', NULL, NULL, NULL, NULL, NULL, '{"count":3,"reason":"asked for","filter":{"conversation_id":"conversation"}}', NULL, '\x7bea4c2c6fbe6a005f7771e1076fa88d41804c1f408cee408744a1635f1fb6e6');
INSERT INTO public.aiobs_events OVERRIDING SYSTEM VALUE VALUES (15, '01a2292e-72b7-7396-8346-957aabd3a9ea', 'd04e921c191041e78791f2f2e171a546', 15, 639315840396074255, 'retention_applied', NULL, NULL, NULL, NULL, NULL, '{"count":4,"max_events":11}', NULL, '\xed3676a8f6a2aa592adce96d570de113981fac3e2e38d39499b6025356ecc95e');
INSERT INTO public.aiobs_events OVERRIDING SYSTEM VALUE VALUES (16, '0000000d-0000-0000-0000-000000000002', 'c329f235bb9a4a2798301f4b962a8327', 1, 639054576130000000, 'sample', NULL, NULL, NULL, NULL, NULL, '{"number":13}', '\x9b0d8210cb2708cd105bdf4bca89edea5a599e602ada772366267385d8df3dc0', '\x11a6bc5811eec66b659d29ae68812c0bad593142a2dd36730662bc87983cb83f');
INSERT INTO public.aiobs_events OVERRIDING SYSTEM VALUE VALUES (17, '0000000e-0000-0000-0000-000000000002', 'c329f235bb9a4a2798301f4b962a8327', 2, 639054576140000000, 'sample', NULL, NULL, NULL, NULL, NULL, '{"number":14}', '\xe0c5640ee6af8ffa0a12e9b88af2cfefe2a8595eb27e3ab520b1f8ba9cc91291', '\x67921079c2b075c14df115a69440ff6d7a3ee7dd79d3ec6a489b64fc47c19429');
INSERT INTO public.aiobs_events OVERRIDING SYSTEM VALUE VALUES (18, '0000000f-0000-0000-0000-000000000002', 'c329f235bb9a4a2798301f4b962a8327', 3, 639054576150000000, 'sample', NULL, NULL, NULL, NULL, NULL, '{"number":15}', '\xcc44632550652877012f78fc43c36e5b2d009387f3c083700bbde50224245ec4', '\x946c4efe56d8a3cef668bd4fbcf7f4cfc46f1d6db6cafc8bf53332baa8fd7b1b');
INSERT INTO public.aiobs_events OVERRIDING SYSTEM VALUE VALUES (19, '00000010-0000-0000-0000-000000000002', 'c329f235bb9a4a2798301f4b962a8327', 4, 639054576160000000, 'sample', NULL, NULL, NULL, NULL, NULL, '{"number":16}', '\x51f49900d048a3c7694dda30aefd73622260a171b596d44aaa7e11255d2de335', '\x389a6e730a8fb4227608b1111ca92d7130f4f7f65bfb14256746dc746be89cf1');
INSERT INTO public.aiobs_events OVERRIDING SYSTEM VALUE VALUES (20, '00000011-0000-0000-0000-000000000002', 'c329f235bb9a4a2798301f4b962a8327', 5, 639054576170000000, 'sample', NULL, NULL, NULL, NULL, NULL, '{"number":17}', '\xb7b60e4aa99f0a1475b9c85a67ea35171988827c25cd90fcd19fdf22b392ed14', '\xbcdd5f6d84803695c998378622977e133e355e83b8b00ca1b4608547614b80ab');
INSERT INTO public.aiobs_events OVERRIDING SYSTEM VALUE VALUES (21, '00000012-0000-0000-0000-000000000002', 'c329f235bb9a4a2798301f4b962a8327', 6, 639054576180000000, 'sample', NULL, NULL, NULL, NULL, NULL, '{"number":18}', NULL, '\xe2f319296121dd4100c98a92e1909f7cadbf0ca6f432846a7820edbeb7dac480');
INSERT INTO public.aiobs_events OVERRIDING SYSTEM VALUE VALUES (22, '00000013-0000-0000-0000-000000000002', 'c329f235bb9a4a2798301f4b962a8327', 7, 639054576190000000, 'sample', NULL, NULL, NULL, NULL, NULL, '{"number":19}', NULL, '\x23fdeeccec09599607d8791fcca890a11ec1a97f280af611a2acbda1c8142103');
INSERT INTO public.aiobs_events OVERRIDING SYSTEM VALUE VALUES (23, '00000014-0000-0000-0000-000000000002', 'c329f235bb9a4a2798301f4b962a8327', 8, 639054576200000000, 'sample', NULL, NULL, NULL, NULL, NULL, '{"number":20}', NULL, '\x31a75b59f79c7ecbc0ff0f9a6ab09ee2ed3ca91ad93ccb297c7bd773abda0954');
INSERT INTO public.aiobs_events OVERRIDING SYSTEM VALUE VALUES (24, '00000015-0000-0000-0000-000000000002', 'c329f235bb9a4a2798301f4b962a8327', 9, 639054576210000000, 'sample', NULL, NULL, NULL, NULL, NULL, '{"number":21}', NULL, '\x2ed5723255195cb33a8a683fab3f0a0aa41055eb3fc3adce2bfb50922d2266d4');
INSERT INTO public.aiobs_events OVERRIDING SYSTEM VALUE VALUES (25, '00000016-0000-0000-0000-000000000002', 'c329f235bb9a4a2798301f4b962a8327', 10, 639054576220000000, 'sample', NULL, NULL, NULL, NULL, NULL, '{"number":22}', NULL, '\xf6af0cfbcc2afb1ca3f96f7befb128c011a7342f3c45b00864de2147d445ab55');
INSERT INTO public.aiobs_events OVERRIDING SYSTEM VALUE VALUES (26, '00000017-0000-0000-0000-000000000002', 'c329f235bb9a4a2798301f4b962a8327', 11, 639054576230000000, 'sample', NULL, NULL, NULL, NULL, NULL, '{"number":23}', NULL, '\x01dfa8e004e5859daaf6026d138e6bf1df07df6b987c6a8d37d177685a06781e');


--
-- Data for Name: aiobs_schema; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.aiobs_schema VALUES (1, 639315840394330686);
INSERT INTO public.aiobs_schema VALUES (2, 639315840394645573);


--
-- Name: aiobs_costs_position_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.aiobs_costs_position_seq', 7, true);


--
-- Name: aiobs_event_writers_ordinal_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.aiobs_event_writers_ordinal_seq', 2, true);


--
-- Name: aiobs_events_position_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.aiobs_events_position_seq', 26, true);


--
-- Name: aiobs_cost_tags aiobs_cost_tags_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.aiobs_cost_tags
    ADD CONSTRAINT aiobs_cost_tags_pkey PRIMARY KEY (tag, "position");


--
-- Name: aiobs_costs aiobs_costs_call_key_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.aiobs_costs
    ADD CONSTRAINT aiobs_costs_call_key_key UNIQUE (call_key);


--
-- Name: aiobs_costs aiobs_costs_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.aiobs_costs
    ADD CONSTRAINT aiobs_costs_pkey PRIMARY KEY ("position");


--
-- Name: aiobs_event_checkpoints aiobs_event_checkpoints_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.aiobs_event_checkpoints
    ADD CONSTRAINT aiobs_event_checkpoints_pkey PRIMARY KEY (writer, sequence);


--
-- Name: aiobs_event_contents aiobs_event_contents_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.aiobs_event_contents
    ADD CONSTRAINT aiobs_event_contents_pkey PRIMARY KEY ("position");


--
-- Name: aiobs_event_writers aiobs_event_writers_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.aiobs_event_writers
    ADD CONSTRAINT aiobs_event_writers_pkey PRIMARY KEY (ordinal);


--
-- Name: aiobs_event_writers aiobs_event_writers_writer_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.aiobs_event_writers
    ADD CONSTRAINT aiobs_event_writers_writer_key UNIQUE (writer);


--
-- Name: aiobs_events aiobs_events_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.aiobs_events
    ADD CONSTRAINT aiobs_events_id_key UNIQUE (id);


--
-- Name: aiobs_events aiobs_events_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.aiobs_events
    ADD CONSTRAINT aiobs_events_pkey PRIMARY KEY ("position");


--
-- Name: aiobs_events aiobs_events_writer_sequence_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.aiobs_events
    ADD CONSTRAINT aiobs_events_writer_sequence_key UNIQUE (writer, sequence);


--
-- Name: aiobs_schema aiobs_schema_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.aiobs_schema
    ADD CONSTRAINT aiobs_schema_pkey PRIMARY KEY (version);


--
-- Name: aiobs_cost_tags_position; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX aiobs_cost_tags_position ON public.aiobs_cost_tags USING btree ("position");


--
-- Name: aiobs_costs_conversation; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX aiobs_costs_conversation ON public.aiobs_costs USING btree (conversation_id, ticks, id) WHERE (conversation_id IS NOT NULL);


--
-- Name: aiobs_costs_session; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX aiobs_costs_session ON public.aiobs_costs USING btree (session_id, ticks, id) WHERE (session_id IS NOT NULL);


--
-- Name: aiobs_costs_time; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX aiobs_costs_time ON public.aiobs_costs USING btree (ticks, id);


--
-- Name: aiobs_costs_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX aiobs_costs_user ON public.aiobs_costs USING btree (user_id, ticks, id) WHERE (user_id IS NOT NULL);


--
-- Name: aiobs_events_conversation; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX aiobs_events_conversation ON public.aiobs_events USING btree (conversation_id, "position") WHERE (conversation_id IS NOT NULL);


--
-- Name: aiobs_events_session; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX aiobs_events_session ON public.aiobs_events USING btree (session_id, "position") WHERE (session_id IS NOT NULL);


--
-- Name: aiobs_events_time; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX aiobs_events_time ON public.aiobs_events USING btree (ticks, "position");


--
-- Name: aiobs_events_trace; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX aiobs_events_trace ON public.aiobs_events USING btree (trace_id, "position") WHERE (trace_id IS NOT NULL);


--
-- Name: aiobs_events_type; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX aiobs_events_type ON public.aiobs_events USING btree (type, "position");


--
-- Name: aiobs_events_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX aiobs_events_user ON public.aiobs_events USING btree (user_id, "position") WHERE (user_id IS NOT NULL);


--
-- Name: aiobs_costs aiobs_costs_refuse_update; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER aiobs_costs_refuse_update BEFORE UPDATE OR TRUNCATE ON public.aiobs_costs FOR EACH STATEMENT EXECUTE FUNCTION public.aiobs_refuse('aiobs_costs is append-only; record a correction');


--
-- Name: aiobs_event_checkpoints aiobs_event_checkpoints_refuse_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER aiobs_event_checkpoints_refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.aiobs_event_checkpoints FOR EACH STATEMENT EXECUTE FUNCTION public.aiobs_refuse('checkpoints stay');


--
-- Name: aiobs_event_contents aiobs_event_contents_refuse_delete; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER aiobs_event_contents_refuse_delete BEFORE DELETE ON public.aiobs_event_contents FOR EACH ROW EXECUTE FUNCTION public.aiobs_refuse_delete_of_content();


--
-- Name: aiobs_event_contents aiobs_event_contents_refuse_truncate; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER aiobs_event_contents_refuse_truncate BEFORE TRUNCATE ON public.aiobs_event_contents FOR EACH STATEMENT EXECUTE FUNCTION public.aiobs_refuse('content goes with its event');


--
-- Name: aiobs_event_contents aiobs_event_contents_refuse_update; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER aiobs_event_contents_refuse_update BEFORE UPDATE ON public.aiobs_event_contents FOR EACH ROW WHEN (((new."position" <> old."position") OR (old.erased_by IS NOT NULL) OR (new.content IS NOT NULL) OR (new.salt IS NOT NULL) OR (new.erased_by IS NULL))) EXECUTE FUNCTION public.aiobs_refuse('content can be erased, and nothing else');


--
-- Name: aiobs_event_writers aiobs_event_writers_refuse_delete; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER aiobs_event_writers_refuse_delete BEFORE DELETE OR TRUNCATE ON public.aiobs_event_writers FOR EACH STATEMENT EXECUTE FUNCTION public.aiobs_refuse('writers stay');


--
-- Name: aiobs_event_writers aiobs_event_writers_refuse_return; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER aiobs_event_writers_refuse_return BEFORE UPDATE ON public.aiobs_event_writers FOR EACH ROW WHEN (((new.writer <> old.writer) OR (new.sequence <= old.sequence))) EXECUTE FUNCTION public.aiobs_refuse('writers only go on');


--
-- Name: aiobs_events aiobs_events_refuse_delete; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER aiobs_events_refuse_delete BEFORE DELETE ON public.aiobs_events FOR EACH ROW EXECUTE FUNCTION public.aiobs_refuse_delete_above_checkpoint();


--
-- Name: aiobs_events aiobs_events_refuse_update; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER aiobs_events_refuse_update BEFORE UPDATE OR TRUNCATE ON public.aiobs_events FOR EACH STATEMENT EXECUTE FUNCTION public.aiobs_refuse('aiobs_events is append-only');


--
-- PostgreSQL database dump complete
--


